import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { stripVTControlCharacters } from "node:util";

const WHICH = "X-Problem";
const ASK_EVERY_MS = 500;

/** Shows what keeps the app from loading, in a page that loads again as soon as that changes. */
export function sendProblem(res, error) {
  const text = textOf(error);
  const which = createHash("sha256").update(text).digest("hex");
  const nonce = randomUUID();
  res.writeHead(500, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": `default-src 'none'; script-src 'nonce-${nonce}'; connect-src 'self'`,
    [WHICH]: which,
  });
  res.end(`<!doctype html>
<title>The app doesn't load</title>
<h1>The app doesn't load</h1>
<pre>${escapeHtml(text)}</pre>
<p>This page loads again when that is mended.</p>
<script nonce="${nonce}">
  setInterval(async () => {
    const answer = await fetch(location.href).catch(() => {});
    if (answer && answer.headers.get("${WHICH}") !== "${which}") location.replace(location.href);
  }, ${ASK_EVERY_MS});
</script>
`);
}

/** Answers every request with the problem, on the port that the app would have. */
export async function listenWithProblem(error) {
  const server = createServer((_req, res) => sendProblem(res, error));
  await once(server.listen(Number(process.env.PORT), process.env.HOST), "listening");
}

/** Where Vite and esbuild show lines of code, the stack is their own. */
function textOf({ id, loc, frame, message, stack }) {
  const place = loc ? `${id}:${loc.line}:${loc.column}` : id;
  const parts = frame ? [message, place, frame] : [stack];
  return stripVTControlCharacters(parts.join("\n\n"));
}

function escapeHtml(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
