import type { IncomingMessage } from "node:http";
import { isHost } from "#server/walls/origin.ts";

const ABSOLUTE_FORM = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)(.*)$/i;

/**
 * Gives a request's target one form, before anything reads it: of an absolute one
 * (`GET http://host/login`, RFC 9112, section 3.2.2) only the path and query stay in `req.url`, and
 * its authority takes the place of the Host header, which doesn't count beside it.
 *
 * @returns the scheme of an absolute target in lower case, undefined for an ordinary one; "malformed"
 *   for what is neither, has a fragment, an authority with more than host and port (RFC 9110,
 *   section 4.2.4), or comes with two Host headers (RFC 9112, section 3.2; Node would take the first)
 */
export function settleTarget(req: IncomingMessage): "malformed" | { scheme: string | undefined } {
  const [, scheme, authority = "", rest = ""] = ABSOLUTE_FORM.exec(req.url ?? "") ?? [];
  if (scheme !== undefined) {
    req.url = rest.startsWith("/") ? rest : `/${rest}`;
    req.headers.host = authority;
  }
  const isMalformed =
    !req.url?.startsWith("/") ||
    req.url.includes("#") ||
    (scheme !== undefined && !isHost(authority)) ||
    req.rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length > 1;
  return isMalformed ? "malformed" : { scheme: scheme?.toLowerCase() };
}
