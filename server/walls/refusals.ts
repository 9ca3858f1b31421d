import type { CsrfTokens } from "#app/auth/csrf-token.server.ts";
import { routesWhere } from "#app/http/route-traits.ts";
import { isDataByName, pageOfData } from "#app/remix/data-address.ts";
import type { Exchange } from "#server/exchange.ts";
import { belowAny } from "./path-match.ts";
import type { Refusal } from "./refusal.ts";
import { crossSiteRefusal } from "./same-origin.ts";

const isWithoutData = belowAny(routesWhere(({ asData }) => !asData));
const isMedia = belowAny(routesWhere(({ media }) => media));
/** The fetch standard forbids them, so no Request can be made of them. */
const FORBIDDEN_METHODS = new Set(["TRACE", "TRACK", "CONNECT"]);
const USED_METHODS = new Set(["GET", "HEAD", "POST"]);

export const MALFORMED: Refusal = {
  status: 400,
  message:
    "Bad request: the address is malformed. Check it for a stray % or #, and that it names one host.",
};

const NOT_FOUND: Refusal = { status: 404, message: "Not found." };

/** What must not reach Remix. */
export function findRefusal(exchange: Exchange, csrfTokens: CsrfTokens): Refusal | undefined {
  return (
    misdirectedRefusal(exchange) ??
    methodRefusal(exchange) ??
    dataFormRefusal(exchange) ??
    crossSiteRefusal(exchange, csrfTokens) ??
    unusedMethodRefusal(exchange)
  );
}

export function isMediaPath({ segments }: Pick<Exchange, "segments">): boolean {
  return isMedia(segments);
}

/** RFC 9110, section 7.4: https only where a proxy speaks it for us. */
function misdirectedRefusal({ scheme, url }: Exchange): Refusal | undefined {
  if (scheme === undefined || scheme === "http" || `${scheme}:` === url.protocol) return undefined;
  const message = `Nothing is served here by ${scheme}. Ask for ${url.origin} instead.`;
  return { status: 421, message };
}

function methodRefusal(exchange: Exchange): Refusal | undefined {
  if (FORBIDDEN_METHODS.has(exchange.method)) {
    return { status: 405, message: "This method is not supported." };
  }
  if (isMediaPath(exchange) && exchange.method !== "GET" && exchange.method !== "HEAD") {
    const message = "Media can only be read: use GET or HEAD.";
    return { status: 405, message, headers: { Allow: "GET, HEAD" } };
  }
  return undefined;
}

/** Remix takes PUT, PATCH and DELETE for a form's POST, and some of its answers to OPTIONS for a page. */
function unusedMethodRefusal({ method }: Exchange): Refusal | undefined {
  if (USED_METHODS.has(method)) return undefined;
  const message = "This method is not supported: use GET, HEAD or POST.";
  return { status: 405, message, headers: { Allow: "GET, HEAD, POST" } };
}

function dataFormRefusal({ url, segments }: Exchange): Refusal | undefined {
  if (isDataByName(url.searchParams)) return NOT_FOUND;
  const page = pageOfData(segments);
  return page && isWithoutData(page) ? NOT_FOUND : undefined;
}
