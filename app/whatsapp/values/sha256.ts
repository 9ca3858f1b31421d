/**
 * A SHA-256 as WhatsApp writes it: base64 in a webhook, hex in a look-up and in history.
 *
 * @returns lower-case hex, or null for anything else
 */
export function toSha256Hex(value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (/^[0-9a-f]{64}$/i.test(value)) return value.toLowerCase();
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return Buffer.from(value, "base64").toString("hex");
  return null;
}
