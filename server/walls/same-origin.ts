import type { IncomingHttpHeaders } from "node:http";
import type { CsrfTokens } from "#app/auth/csrf-token.server.ts";
import { csrfTokenIn } from "#app/http/form-address.ts";
import { routesWhere } from "#app/http/route-traits.ts";
import type { Exchange } from "#server/exchange.ts";
import type { Refusal } from "./refusal.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
const SIGNED = new Set(routesWhere(({ signed }) => signed));

type Verdict = "same" | "cross" | "unknown";

/**
 * Refuses a request that changes something unless the browser vouches that one of our own pages
 * sent it, or says nothing either way and the form has its token. Remix has a check of its own,
 * which `?_data=` and resource routes pass by.
 */
export function crossSiteRefusal(
  { method, url, req }: Exchange,
  csrfTokens: CsrfTokens,
): Refusal | undefined {
  if (SAFE_METHODS.has(method)) return undefined;
  if (method === "POST" && SIGNED.has(url.pathname)) return undefined;
  switch (senderOf(req.headers, url.origin)) {
    case "same":
      return undefined;
    case "cross":
      return {
        status: 403,
        message: `Refused: another site sent this request. Open ${url.origin} and try again there. If that is not the address in your browser, its administrator must set APP_ORIGIN to the one that is.`,
      };
    case "unknown": {
      const token = csrfTokenIn(url.search);
      if (token && csrfTokens.fits(token, req.headers.cookie)) return undefined;
      return {
        status: 403,
        message: `Refused: nothing shows that a page of ${url.origin} sent this request. In a browser, allow its cookies, load the page again, and send it from there. A program must send the header "Origin: ${url.origin}".`,
      };
    }
  }
}

/**
 * Origin decides; then Sec-Fetch-Site; then, for browsers older than both, Referer. A page under
 * `Referrer-Policy: no-referrer` posts `Origin: null` to its own site, and so does a hostile
 * sandboxed frame: there Sec-Fetch-Site tells them apart.
 */
function senderOf(headers: IncomingHttpHeaders, own: string): Verdict {
  const { origin, referer } = headers;
  const site = headers["sec-fetch-site"];
  if (origin === "null") return site === "same-origin" ? "same" : "cross";
  if (origin !== undefined) return origin === own ? "same" : "cross";
  if (site !== undefined) return site === "same-origin" || site === "none" ? "same" : "cross";
  if (referer === undefined) return "unknown";
  return URL.canParse(referer) && new URL(referer).origin === own ? "same" : "cross";
}
