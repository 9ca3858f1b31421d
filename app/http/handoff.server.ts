import { createCookie, type EntryContext } from "@remix-run/node";
import { takePageData } from "#app/remix/page-data.server.ts";
import { handlesOf } from "#app/remix/page-handles.server.ts";
import { HANDOFF_HEADER, HANDOFF_TYPE } from "./handoff.ts";
import { hostCookie, secureCookies } from "./host-cookie.server.ts";

const ONE_YEAR_S = 365 * 24 * 60 * 60;
const RUNS_SCRIPTS = 1;

const cookie = createCookie(hostCookie("script"), {
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  secure: secureCookies,
  maxAge: ONE_YEAR_S,
});

/**
 * How the data of a page reaches the scripts that take it over: in the page, or by a request of
 * their own, so that who has no script doesn't load it; "answer": this is that request.
 */
export type Handoff = "inline" | "asked" | "answer";

/**
 * Only what can be had again is asked for again: no answer to a form, no error, and no page that is
 * more than reading, of which a route says so with `handle = { isOnce: (query) => boolean }`.
 *
 * @param status the page's
 */
export async function handoffOf(
  request: Request,
  status: number,
  page: EntryContext,
): Promise<Handoff> {
  if (request.method !== "GET" || status !== 200) return "inline";
  const query = new URL(request.url).searchParams;
  if (handlesOf<Handle>(page).some(({ isOnce }) => isOnce?.(query))) return "inline";
  if (request.headers.has(HANDOFF_HEADER)) return isOwn(request) ? "answer" : "inline";
  const known: unknown = await cookie.parse(request.headers.get("Cookie"));
  return known === RUNS_SCRIPTS ? "inline" : "asked";
}

interface Handle {
  isOnce?: (query: URLSearchParams) => boolean;
}

/** The data alone. Who asks runs scripts: their next page has it inline. */
export async function answerHandoff(headers: Headers, page: EntryContext): Promise<Response> {
  headers.set("Content-Type", HANDOFF_TYPE);
  headers.append("Set-Cookie", await cookie.serialize(RUNS_SCRIPTS));
  return new Response(await takePageData(page), { headers });
}

/** An old browser sends no Sec-Fetch-Site, but keeps other sites' pages from sending our header. */
function isOwn(request: Request): boolean {
  return (request.headers.get("Sec-Fetch-Site") ?? "same-origin") === "same-origin";
}
