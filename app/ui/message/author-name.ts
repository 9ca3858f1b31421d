import type { Author } from "#app/models/messages/message-response.ts";

export function authorName({ direction, senderName }: Author, contactName: string): string {
  return direction === "outbound" ? "You" : (senderName ?? contactName);
}
