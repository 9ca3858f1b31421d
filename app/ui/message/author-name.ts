import type { Author } from "#app/models/message-response.ts";

export function authorName({ direction, senderName }: Author, contactName: string): string {
  return direction === "outbound" ? "You" : (senderName ?? contactName);
}
