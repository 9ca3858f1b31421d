import { createHmac } from "node:crypto";
import { isSameSecret } from "#app/process/same-secret.server.ts";

const HEADER_SHAPE = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether Meta signed this body (Meta: Webhooks, "Validating payloads"): the header
 * X-Hub-Signature-256 is `sha256=` and the lower-case hex HMAC-SHA256 of the body under the app
 * secret. The older SHA-1 header X-Hub-Signature proves nothing here.
 *
 * @param body the bytes as received: JSON that was parsed and written again has another signature
 * @param secrets any of them may have signed, so that a secret can be rotated
 */
export function isSignedByMeta(
  body: Uint8Array,
  header: string | null,
  secrets: readonly string[],
): boolean {
  const hex = header?.match(HEADER_SHAPE)?.[1];
  if (!hex) return false;
  const signature = Buffer.from(hex, "hex");
  return secrets.some((secret) =>
    isSameSecret(createHmac("sha256", secret).update(body).digest(), signature),
  );
}
