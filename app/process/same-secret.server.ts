import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether what somebody gave is the secret, told in a time that depends on its length alone, not on
 * how much of it is right. Digests are compared: timingSafeEqual needs two values of one
 * length (https://nodejs.org/api/crypto.html#cryptotimingsafeequala-b), and to look at the lengths
 * first would tell the secret's.
 *
 * @param known the secret, or an HMAC that only its owner could make
 * @param given of any length; a text and its UTF-8 bytes are the same
 */
export function isSameSecret(known: string | Uint8Array, given: string | Uint8Array): boolean {
  return timingSafeEqual(digestOf(known), digestOf(given));
}

function digestOf(value: string | Uint8Array): Buffer {
  return createHash("sha256").update(value).digest();
}
