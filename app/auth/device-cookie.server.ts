import { createHmac, randomBytes } from "node:crypto";
import { cookieValue, hostCookie, secureCookies } from "#app/http/host-cookie.server.ts";
import { env } from "#app/process/env.server.ts";
import { isSameSecret } from "#app/process/same-secret.server.ts";

const NONCE_BYTES = 16;
const LIFETIME_SECONDS = 180 * 24 * 60 * 60;
const COOKIE = /^([\w-]{22})\.(\d{1,12})\.([\w-]{43})$/;

/**
 * Shows that somebody has signed in to an account in this browser before, so that guesses made
 * elsewhere don't lock them out
 * (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
 * It opens nothing by itself.
 *
 * @param secrets the first signs, all are believed
 */
export function createDeviceCookies({ secrets, secure }: { secrets: string[]; secure: boolean }) {
  const name = hostCookie("device", secure);

  function sign(secret: string, email: string, nonce: string, until: string): Buffer {
    const signed = JSON.stringify(["device", email, nonce, until]);
    return createHmac("sha256", secret).update(signed).digest();
  }

  return {
    /**
     * @param email of the account that was signed in to, in lower case
     * @returns the Set-Cookie header
     */
    issue(email: string, now = new Date()): string {
      const nonce = randomBytes(NONCE_BYTES).toString("base64url");
      const until = `${Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS}`;
      const signature = sign(secrets[0] as string, email, nonce, until).toString("base64url");
      const flags = `Max-Age=${LIFETIME_SECONDS}; Path=/; HttpOnly; SameSite=Lax`;
      return `${name}=${nonce}.${until}.${signature}; ${flags}${secure ? "; Secure" : ""}`;
    },

    /**
     * @param email of the account that somebody wants to sign in to, in lower case
     * @returns a name for the browser; undefined when it is none of this account's
     */
    find(email: string, cookies: string, now = new Date()): string | undefined {
      const [, nonce, until, signature] = COOKIE.exec(cookieValue(name, cookies)) ?? [];
      if (!nonce || !until || !signature) return undefined;
      if (Number(until) * 1000 <= now.getTime()) return undefined;
      const given = Buffer.from(signature, "base64url");
      const isOurs = secrets.some((secret) =>
        isSameSecret(sign(secret, email, nonce, until), given),
      );
      return isOurs ? nonce : undefined;
    },
  };
}

export const deviceCookies = createDeviceCookies({
  secrets: env.SESSION_SECRET,
  secure: secureCookies,
});
