import { createHmac, randomBytes } from "node:crypto";
import { cookieValue, hostCookie, secureCookies } from "#app/http/host-cookie.server.ts";
import { env } from "#app/process/env.server.ts";
import { isSameSecret } from "#app/process/same-secret.server.ts";

const KEY_BYTES = 32;
const KEY = /^[\w-]{43}$/;

export type CsrfTokens = ReturnType<typeof createCsrfTokens>;

/**
 * Shows that a page of ours made a form, for browsers that send neither Origin nor Sec-Fetch-Site
 * and leave Referer out where an address has a query, as lynx does. A signed double-submit cookie
 * (OWASP, Cross-Site Request Forgery Prevention Cheat Sheet): the browser holds a random key, the
 * form's address the HMAC of that key and of the session, so that neither a stolen address nor a
 * planted key is enough.
 *
 * @param secrets the first signs, all are believed
 */
export function createCsrfTokens({ secrets, secure }: { secrets: string[]; secure: boolean }) {
  const keyCookie = hostCookie("form", secure);
  const sessionCookie = hostCookie("session", secure);

  function tokenOf(secret: string, key: string, cookies: string): string {
    const signed = `form ${key} ${cookieValue(sessionCookie, cookies)}`;
    return createHmac("sha256", secret).update(signed).digest("base64url");
  }

  return {
    /**
     * The token for the forms of a page.
     *
     * @param headers of the request for the page
     * @returns undefined for a browser that needs none; `setCookie` when it has no key yet
     */
    issue(headers: Headers): { token: string; setCookie?: string } | undefined {
      if (headers.has("Sec-Fetch-Site")) return undefined;
      const cookies = headers.get("Cookie") ?? "";
      const known = cookieValue(keyCookie, cookies);
      const isKnown = KEY.test(known);
      const key = isKnown ? known : randomBytes(KEY_BYTES).toString("base64url");
      const token = tokenOf(secrets[0] as string, key, cookies);
      const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
      return isKnown ? { token } : { token, setCookie: `${keyCookie}=${key}; ${flags}` };
    },

    /** Whether a token was issued to the browser that sends these cookies. */
    fits(token: string, cookies = ""): boolean {
      const key = cookieValue(keyCookie, cookies);
      if (!KEY.test(key)) return false;
      return secrets.some((secret) => isSameSecret(tokenOf(secret, key, cookies), token));
    },
  };
}

export const csrfTokens = createCsrfTokens({ secrets: env.SESSION_SECRET, secure: secureCookies });
