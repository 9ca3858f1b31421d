import { createHmac } from "node:crypto";
import { isSameSecret } from "#app/process/same-secret.server.ts";

/** Crockford's base32: no letter that reads like a digit. https://www.crockford.com/base32.html */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 20;

/**
 * The code that shows that somebody reads the server's log, or its environment. Derived, so that
 * all processes of an installation agree without keeping it: 100 bits of an HMAC.
 *
 * @param secret the first of SESSION_SECRET
 * @returns 20 characters in groups of 5
 */
export function setupCode(secret: string): string {
  const digest = createHmac("sha256", secret).update("setup code").digest();
  // 256 is a multiple of 32: each character is as likely as any other.
  const characters = [...digest.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % 32]);
  return characters.join("").replace(/.{5}(?=.)/g, "$&-");
}

/** Whether somebody typed the code, in any case, with or without dashes. */
export function isSetupCode(typed: string, secret: string): boolean {
  return isSameSecret(plain(setupCode(secret)), plain(typed));
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}
