// Loaded into a built server by --import, also into one that knows nothing of this bench: a line on
// standard output for each request of a file, before the server's own code sees it.
import { subscribe } from "node:diagnostics_channel";

subscribe("http.server.request.start", ({ request }) => {
  const { method, url } = request;
  if (!url.startsWith("/media/")) return;
  const range = request.headers.range ?? null;
  process.stdout.write(`${JSON.stringify({ event: "bench.request", method, url, range })}\n`);
});
