import { createHash } from "node:crypto";

/**
 * Names a message by the form that it came from and by what it says: the same form sent again is
 * the same message, and other words sent from a page that the browser kept are another one.
 *
 * @param formKey made by the server with the form
 * @returns a UUID
 */
export function messageKey(
  formKey: string,
  said: {
    conversationId: number;
    userId: number;
    text: string;
    replyToWamid: string | null;
    fileSha256: string | null;
  },
): string {
  const { conversationId, userId, text, replyToWamid, fileSha256 } = said;
  const parts = [formKey, conversationId, userId, text, replyToWamid, fileSha256];
  const hex = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return [0, 8, 12, 16, 20].map((from, at, all) => hex.slice(from, all[at + 1] ?? 32)).join("-");
}
