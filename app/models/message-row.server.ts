import { cut } from "./details/fields.ts";
import { readReferral } from "./details/referral.ts";
import { mediaExpiry } from "./message-account.server.ts";
import { messageDetails } from "./message-details.ts";
import type { MessageRow } from "./message-page.server.ts";
import {
  type Delivery,
  type MessageResponse,
  mediaKindOf,
  messageResponseSchema,
  type Quote,
  type Reaction,
} from "./message-response.ts";

/** The longest emoji are families, of some 25; but a phone may send any text as one. */
const EMOJI_CHARACTERS = 32;

/** A message as the conversation shows it, from its row and what was joined to it. */
export function toMessageResponse(row: MessageRow): MessageResponse {
  const { message, sender, delivery } = row;
  const { type, createdAt, retentionHours, targetWamid, ...columns } = message;
  return messageResponseSchema.parse({
    ...columns,
    type,
    senderName: sender?.name ?? null,
    // An edit that came without its message stands for it.
    editedAt: columns.editedAt ?? (targetWamid === null ? null : columns.sentAt),
    delivery: delivery && toDelivery(delivery),
    ...(columns.revokedAt ? nothing : contentOf(row)),
  });
}

/** What is left to show of a message that was taken back. */
const nothing = {
  problem: null,
  details: null,
  referral: null,
  quoted: null,
  reactions: [],
  mediaKind: null,
  mediaVoice: false,
  mediaExpiresAt: null,
};

function contentOf({ message, quote, reactions }: MessageRow) {
  const { type, errorCode, errorTitle, createdAt, retentionHours } = message;
  const mediaKind = mediaKindOf(type);
  return {
    problem: errorCode === null && errorTitle === null ? null : { errorCode, errorTitle },
    details: messageDetails(type, message.payload),
    referral: readReferral(message.referral),
    quoted: message.replyToWamid === null ? null : toQuote(quote),
    reactions: toReactions(reactions?.list ?? []),
    mediaKind,
    mediaVoice: message.mediaVoice ?? false,
    mediaExpiresAt: mediaKind && mediaExpiry(createdAt, retentionHours),
  };
}

function toQuote(quote: MessageRow["quote"]): Quote {
  if (!quote) return { missing: true };
  const { mediaVoice, revokedAt, ...rest } = quote;
  return { missing: false, ...rest, mediaVoice: mediaVoice ?? false, revoked: revokedAt !== null };
}

function toDelivery(delivery: NonNullable<MessageRow["delivery"]>): Delivery {
  const { recipients, delivered, read, failed, ...rest } = delivery;
  return { ...rest, counts: recipients > 0 ? { delivered, read, failed } : null };
}

function toReactions(rows: NonNullable<NonNullable<MessageRow["reactions"]>["list"]>): Reaction[] {
  const byEmoji = new Map<string, Reaction>();
  for (const { emoji: sent, ...author } of rows) {
    const emoji = cut(sent, EMOJI_CHARACTERS);
    const known = byEmoji.get(emoji);
    if (known) known.from.push(author);
    else byEmoji.set(emoji, { emoji, from: [author] });
  }
  return [...byEmoji.values()];
}
