import { createHash } from "node:crypto";
import { redirect } from "@remix-run/node";
import { renderToStaticMarkup } from "react-dom/server";
import { FAILURE_HEADER, failureNotices, type MediaFailure } from "./file/failure.ts";
import { privateHeaders } from "./headers.server.ts";

const STYLE =
  "html{color-scheme:light dark;font:1.0625rem/1.5 system-ui,sans-serif}body{max-width:34rem;margin:20vh auto 0;padding:0 1.25rem}a{color:LinkText;padding:.5rem 0;display:inline-block;margin-right:1.5rem}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation`;

/**
 * A failure as an answer: a small page where a person looks at it, problem+json (RFC 9457)
 * elsewhere. A signed-out person who opened the address itself is led to the sign-in page.
 */
export function failureResponse(request: Request, failure: MediaFailure): Response {
  const asPage = wantsPage(request);
  if (failure.kind === "signed-out" && asPage && isTopLevel(request)) return toSignIn(request);
  const notice = failureNotices[failure.kind];
  const headers = new Headers(privateHeaders);
  headers.set(FAILURE_HEADER, failure.kind);
  if (failure.kind === "method") headers.set("Allow", "GET, HEAD");
  if (failure.retryAfterSeconds !== undefined || notice.status === 503) {
    headers.set("Retry-After", String(failure.retryAfterSeconds ?? 5));
  }
  if (asPage) {
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Content-Security-Policy", PAGE_POLICY);
    headers.set("X-Frame-Options", "SAMEORIGIN");
    return new Response(page(request, failure), { status: notice.status, headers });
  }
  headers.set("Content-Type", "application/problem+json");
  const problem = {
    type: "about:blank",
    title: notice.message,
    status: notice.status,
    kind: failure.kind,
    retryable: notice.retryable,
  };
  return new Response(JSON.stringify(problem), { status: notice.status, headers });
}

/** Browsers that send Sec-Fetch-Dest say what for; of the others, only a page request names text/html. */
function wantsPage(request: Request): boolean {
  const destination = request.headers.get("Sec-Fetch-Dest");
  if (destination) return ["document", "iframe", "frame"].includes(destination);
  return request.headers.get("Accept")?.includes("text/html") ?? false;
}

function isTopLevel(request: Request): boolean {
  return (request.headers.get("Sec-Fetch-Dest") ?? "document") === "document";
}

function toSignIn(request: Request): Response {
  const { pathname, search } = new URL(request.url);
  return redirect(`/login?${new URLSearchParams({ redirectTo: pathname + search })}`, {
    headers: privateHeaders,
  });
}

function page(request: Request, failure: MediaFailure): string {
  const { message, retryable } = failureNotices[failure.kind];
  const again = `${new URL(request.url).pathname}?t=${Date.now()}`;
  const markup = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>File not shown</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>File not shown</h1>
        <p role="alert">{message}</p>
        <p>
          {retryable && <a href={again}>Failed to load. Tap to retry.</a>}
          {failure.kind === "signed-out" ? (
            <a href="/login" target="_top">
              Sign in
            </a>
          ) : (
            <a href="/conversations" target="_top">
              Back to the conversations
            </a>
          )}
        </p>
      </body>
    </html>,
  );
  return `<!doctype html>${markup}`;
}
