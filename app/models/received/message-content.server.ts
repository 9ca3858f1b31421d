import { columnsBut } from "#db/raw-sql/written-columns.server.ts";
import { messages } from "#db/schema.ts";

/**
 * What a message says and points to: all of it goes when its sender takes the message back. A column
 * that the table gets is among it until it is named here.
 */
export const CONTENT = columnsBut(messages, [
  "companyId",
  "id",
  "accountId",
  "conversationId",
  "wamid",
  "direction",
  "type",
  "senderContactId",
  "targetWamid",
  "hidden",
  "unread",
  "sentByUserId",
  "replyToWamid",
  "forwarded",
  "editedAt",
  "revokedAt",
  "sentAt",
  "createdAt",
]);
