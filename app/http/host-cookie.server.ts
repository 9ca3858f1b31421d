import { env } from "#app/process/env.server.ts";
import { isLoopbackHost } from "#app/process/loopback.ts";

/** A browser keeps a Secure cookie only over https, or on this machine itself. */
export const secureCookies = env.APP_ORIGIN
  ? env.APP_ORIGIN.startsWith("https:")
  : env.NODE_ENV === "production" && !isLoopbackHost(env.HOST);

/** With the prefix that keeps a sister domain from setting a Secure cookie of this name. */
export function hostCookie(name: string, secure = secureCookies): string {
  return secure ? `__Host-${name}` : name;
}

/** @returns the first cookie of this name as it was sent; empty when there is none */
export function cookieValue(name: string, cookies: string): string {
  const pairs = cookies.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}
