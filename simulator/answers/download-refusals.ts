import { type Answer, textAnswer } from "#simulator/wire/exchange.ts";

/** For an expired, forged or unknown URL; that the body is empty is our guess, it is undocumented. */
export function notFound(): Answer {
  return textAnswer(404, { "Content-Type": "text/html" }, "");
}

/** The page that a client gets whose User-Agent Meta doesn't like. */
export function htmlError(status: number): Answer {
  return textAnswer(
    status,
    { "Content-Type": 'text/html; charset="utf-8"', "Cache-Control": "private, no-cache" },
    `<!DOCTYPE html>
<html lang="en"><head><title>Error</title></head>
<body><h1>Sorry, something went wrong.</h1><p>We're working on getting this fixed.</p></body></html>
`,
  );
}
