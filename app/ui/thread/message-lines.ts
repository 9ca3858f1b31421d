import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { day } from "../words/dates.ts";

const ALBUM_MS = 60_000;

/** What stands in one line of a conversation. */
export interface Line {
  /** One; of an album several. */
  messages: MessageResponse[];
  /** Whether it is the first of its day. */
  newDay: boolean;
  /** Whether what nobody has dealt with begins here. */
  firstUnread: boolean;
}

/**
 * Messages in lines: photos and videos that somebody sent within a minute, without anything between
 * them, are one album.
 */
export function linesOf(
  messages: readonly MessageResponse[],
  { timeZone, firstUnreadId }: { timeZone: string; firstUnreadId: number | null },
): Line[] {
  const lines: Line[] = [];
  let last: MessageResponse | undefined;
  for (const message of messages) {
    const newDay = !last || day(last.sentAt, timeZone) !== day(message.sentAt, timeZone);
    const firstUnread = message.id === firstUnreadId;
    const line = lines.at(-1);
    if (line && !newDay && !firstUnread && belongsTo(line.messages, message)) {
      line.messages.push(message);
    } else {
      lines.push({ messages: [message], newDay, firstUnread });
    }
    last = message;
  }
  return lines;
}

function belongsTo([first]: MessageResponse[], message: MessageResponse): boolean {
  return (
    first !== undefined &&
    isPicture(first) &&
    isPicture(message) &&
    first.direction === message.direction &&
    first.senderName === message.senderName &&
    first.sentByName === message.sentByName &&
    first.forwarded === message.forwarded &&
    message.quoted === null &&
    message.referral === null &&
    message.sentAt.getTime() - first.sentAt.getTime() <= ALBUM_MS
  );
}

/** Whether nothing but the picture, its caption and its ticks is to be shown. */
export function isPicture({
  mediaKind,
  mediaId,
  problem,
  isLocal,
  delivery,
}: MessageResponse): boolean {
  return (
    (mediaKind === "image" || mediaKind === "video") &&
    mediaId !== null &&
    problem === null &&
    !isLocal &&
    delivery?.status !== "failed"
  );
}
