import { createCookie } from "@remix-run/node";
import type { Lite } from "#app/ui/page/server-render.ts";
import { hostCookie, secureCookies } from "./host-cookie.server.ts";

const ONE_YEAR_S = 365 * 24 * 60 * 60;

const cookie = createCookie(hostCookie("lite"), {
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  secure: secureCookies,
  maxAge: ONE_YEAR_S,
});

/**
 * Whether the request's browser gets pages without a script: what its person chose, or else what
 * the browser asks for with `Save-Data: on` (https://wicg.github.io/savedata/).
 *
 * @returns undefined for ordinary pages
 */
export async function liteMode(request: Request): Promise<Lite | undefined> {
  const choice: unknown = await cookie.parse(request.headers.get("Cookie"));
  if (choice === "on") return "chosen";
  if (choice === "off") return undefined;
  return /^\s*on\b/i.test(request.headers.get("Save-Data") ?? "") ? "save-data" : undefined;
}

/** @returns the Set-Cookie header that keeps the choice for a year */
export function keepLiteChoice(choice: "on" | "off"): Promise<string> {
  return cookie.serialize(choice);
}
