import type {
  AppLoadContext,
  EntryContext,
  HandleDataRequestFunction,
  HandleErrorFunction,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToStaticMarkup, renderToString } from "react-dom/server";
import { csrfTokens } from "#app/auth/csrf-token.server.ts";
import { withCsrfToken } from "#app/http/form-address.ts";
import { answerHandoff, handoffOf } from "#app/http/handoff.server.ts";
import { HANDOFF_HEADER } from "#app/http/handoff.ts";
import { liteMode } from "#app/http/lite.server.ts";
import { answerNonce } from "#app/http/load-context.ts";
import { pipedResponse } from "#app/http/piped-response.ts";
import { log } from "#app/process/log.server.ts";
import { leaveOutPageData, writePageDataAtOnce } from "#app/remix/page-data.server.ts";
import { handlesOf } from "#app/remix/page-handles.server.ts";
import { ServerRender } from "#app/ui/page/server-render.ts";

/** How long a page may wait for a loader's promises. */
export const streamTimeout = 10_000;

/**
 * A page, complete before its first byte goes out: nothing on it waits for a script, and an error
 * while rendering is still a proper 500. Written as one string, which costs half of a stream.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = answerNonce(loadContext ?? {});
  const lite = hasScript(remixContext) ? await liteMode(request) : "always";
  const handoff = lite ? undefined : await handoffOf(request, status, remixContext);
  headers.set("Cache-Control", "private, no-store");
  headers.append("Vary", `Cookie, Save-Data, ${HANDOFF_HEADER}`);
  if (handoff === "answer") return answerHandoff(headers, remixContext);
  await (handoff === "inline" ? writePageDataAtOnce : leaveOutPageData)(remixContext);
  const formAddress = formAddressFor(request, headers);
  const page = renderToString(
    <ServerRender.Provider
      value={{
        nonce,
        lite,
        asksForHandoff: handoff === "asked",
        formAddress,
        renderToStaticMarkup,
      }}
    >
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </ServerRender.Provider>,
  );
  const html = Buffer.from(`<!DOCTYPE html>${page}`);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Security-Policy", pagePolicy(lite ? undefined : nonce));
  // A conversation frames pages of ours.
  headers.set("X-Frame-Options", "SAMEORIGIN");
  return pipedResponse(
    loadContext ?? {},
    { status, headers },
    { pipe: (res) => res.end(html), stream: () => new Blob([html]).stream() },
  );
}

export const handleDataRequest: HandleDataRequestFunction = (response) => {
  response.headers.set("Cache-Control", "private, no-store");
  return response;
};

export const handleError: HandleErrorFunction = (error, { request }) => {
  if (!request.signal.aborted) log.error({ event: "page.error", err: error });
};

/** Gives the browser the key of its forms, if it has none yet. */
function formAddressFor(request: Request, headers: Headers) {
  const form = csrfTokens.issue(request.headers);
  if (form?.setCookie) headers.append("Set-Cookie", form.setCookie);
  const { search } = new URL(request.url);
  return form && ((path = search) => withCsrfToken(path, form.token));
}

/** A route that exports `handle = { scriptless: true }` goes out without a script to everybody. */
function hasScript(page: EntryContext): boolean {
  return !handlesOf<{ scriptless?: boolean }>(page).some(({ scriptless }) => scriptless);
}

/**
 * Without require-trusted-types-for: where a browser extension has changed a page, React 18 makes it
 * anew, its <script> elements by innerHTML, and would leave it blank.
 *
 * @param nonce of the page's own scripts; undefined for a page that has none
 */
function pagePolicy(nonce: string | undefined): string {
  return [
    "default-src 'none'",
    nonce ? `script-src 'self' 'nonce-${nonce}'` : "script-src 'none'",
    "style-src 'self'",
    // data: for the icons in the stylesheet.
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}
