import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type {
  AppLoadContext,
  EntryContext,
  HandleDataRequestFunction,
  HandleErrorFunction,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream, renderToStaticMarkup } from "react-dom/server";
import { answerNonce } from "./load-context.ts";
import { log } from "./log.server.ts";
import { ServerRender } from "./ui/server-render.ts";

const RENDER_TIMEOUT_MS = 10_000;

export const streamTimeout = RENDER_TIMEOUT_MS;

/**
 * A page, complete before its first byte goes out: nothing on it waits for a script, and an error
 * while rendering is still a proper 500.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = answerNonce(loadContext ?? {});
  const html = await render(
    <ServerRender.Provider value={{ nonce, renderToStaticMarkup }}>
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </ServerRender.Provider>,
  );
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Security-Policy", pagePolicy(nonce));
  headers.set("Cache-Control", "private, no-store");
  return new Response(html, { status, headers });
}

export const handleDataRequest: HandleDataRequestFunction = (response) => {
  response.headers.set("Cache-Control", "private, no-store");
  return response;
};

export const handleError: HandleErrorFunction = (error, { request }) => {
  if (!request.signal.aborted) log.error({ event: "page.error", err: error });
};

function render(element: React.ReactElement): Promise<string> {
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(element, {
      onAllReady() {
        clearTimeout(timeout);
        resolve(text(pipe(new PassThrough())));
      },
      onShellError(error) {
        clearTimeout(timeout);
        reject(error);
      },
      onError: (error) => log.error({ event: "page.error", err: error }),
    });
    const timeout = setTimeout(abort, RENDER_TIMEOUT_MS);
  });
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}
