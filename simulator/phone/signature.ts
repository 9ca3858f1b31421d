import { createHmac } from "node:crypto";

/**
 * @param raw the body's bytes exactly as they are sent
 * @returns the value of X-Hub-Signature-256 (Meta's "Webhooks: Getting Started, Validating Payloads")
 */
export function signBody(appSecret: string, raw: string | Uint8Array): string {
  return `sha256=${createHmac("sha256", appSecret).update(raw).digest("hex")}`;
}
