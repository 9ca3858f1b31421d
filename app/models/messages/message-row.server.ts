import { mediaExpiry } from "../media/media-expiry.server.ts";
import { mediaTint } from "../media/media-tint.ts";
import { mediaKindOf } from "../message-kind.ts";
import { isLocalWamid } from "../outgoing/local-wamid.ts";
import { statusNow } from "../outgoing/outgoing-status.ts";
import { cut } from "./details/fields.ts";
import { readReferral } from "./details/referral.ts";
import type { DeliveryJson, FileJson, QuoteJson, ReactionJson } from "./message-context.server.ts";
import { type MessageDetails, messageDetails } from "./message-details.ts";
import type { PageRow } from "./message-page.server.ts";
import type { Delivery, MessageResponse, Quote, Reaction } from "./message-response.ts";

/** The longest emoji are families, of some 25; but a phone may send any text as one. */
const EMOJI_CHARACTERS = 32;

/** A message as the conversation shows it. Field by field, because spreads of this size are slow. */
export function toMessageResponse(row: PageRow): MessageResponse {
  const content = row.revokedAt === null ? contentOf(row) : NO_CONTENT;
  const file = row.revokedAt === null ? fileOf(row) : NO_FILE;
  // An edit that came without its message stands for it.
  const editedAt = row.editedAt ?? (row.targetWamid === null ? null : row.sentAt);
  return {
    id: row.id,
    direction: row.direction,
    senderName: row.senderName,
    type: row.type,
    body: row.body,
    sentAt: new Date(row.sentAt),
    unread: row.unread,
    sentByName: row.sentByName,
    isLocal: isLocalWamid(row.wamid),
    forwarded: row.forwarded,
    editedAt: toDate(editedAt),
    revokedAt: toDate(row.revokedAt),
    delivery: row.delivery && toDelivery(row.delivery),
    problem: content.problem,
    details: content.details,
    referral: content.referral,
    quoted: content.quoted,
    reactions: content.reactions,
    mediaKind: file.mediaKind,
    mediaId: file.mediaId,
    mediaCaption: file.mediaCaption,
    mediaFilename: file.mediaFilename,
    mediaVoice: file.mediaVoice,
    mediaSize: file.mediaSize,
    mediaTint: file.mediaTint,
    mediaExpiresAt: file.mediaExpiresAt,
  };
}

type Content = Pick<MessageResponse, "problem" | "details" | "referral" | "quoted" | "reactions">;

/** What is left to show of a message that was taken back. */
const NO_CONTENT: Content = {
  problem: null,
  details: null,
  referral: null,
  quoted: null,
  reactions: [],
};

function contentOf(row: PageRow): Content {
  const { type, errorCode, errorTitle } = row;
  return {
    problem: errorCode === null && errorTitle === null ? null : { errorCode, errorTitle },
    details: withKeptFiles(messageDetails(type, row.payload), row.files ?? []),
    referral: row.referral === null ? null : readReferral(row.referral),
    quoted: row.replyToWamid === null ? null : toQuote(row.quote),
    reactions: toReactions(row.reactions ?? []),
  };
}

type File = Pick<
  MessageResponse,
  | "mediaKind"
  | "mediaId"
  | "mediaCaption"
  | "mediaFilename"
  | "mediaVoice"
  | "mediaSize"
  | "mediaTint"
  | "mediaExpiresAt"
>;

const NO_FILE: File = {
  mediaKind: null,
  mediaId: null,
  mediaCaption: null,
  mediaFilename: null,
  mediaVoice: false,
  mediaSize: null,
  mediaTint: null,
  mediaExpiresAt: null,
};

function fileOf(row: PageRow): File {
  const { mediaId, mediaCaption, mediaFilename, mediaSize, mediaSha256: sha256 } = row;
  const mediaKind = mediaKindOf(row.type);
  return {
    mediaKind,
    mediaId,
    mediaCaption,
    mediaFilename,
    mediaVoice: row.mediaVoice ?? false,
    mediaSize,
    mediaTint: mediaKind && mediaTint({ sha256, mediaId }),
    mediaExpiresAt: mediaKind || row.files ? mediaExpiry(new Date(row.createdAt), row) : null,
  };
}

/** Of a form's files, those that can be asked for, with what has been learned of them. */
function withKeptFiles(
  details: MessageDetails | null,
  kept: readonly FileJson[],
): MessageDetails | null {
  if (details?.kind !== "form") return details;
  const sizes = new Map(kept.map(({ mediaId, size }) => [mediaId, size]));
  const fields = details.fields.map((field) => ({
    ...field,
    files: field.files.map((file) => {
      const size = file.mediaId === null ? undefined : sizes.get(file.mediaId);
      return size === undefined ? { ...file, mediaId: null } : { ...file, size };
    }),
  }));
  return { ...details, fields };
}

function toQuote(quote: QuoteJson | null): Quote {
  if (!quote) return { missing: true };
  return { missing: false, ...quote };
}

function toDelivery(json: DeliveryJson): Delivery {
  const { recipients, delivered, read, failed, at, ...rest } = json;
  const counts = recipients > 0 ? { delivered, read, failed } : null;
  return { ...rest, status: statusNow(rest.status, new Date(at), Date.now()), counts };
}

function toReactions(rows: ReactionJson[]): Reaction[] {
  const byEmoji = new Map<string, Reaction>();
  for (const { emoji: sent, ...author } of rows) {
    const emoji = cut(sent, EMOJI_CHARACTERS);
    const known = byEmoji.get(emoji);
    if (known) known.from.push(author);
    else byEmoji.set(emoji, { emoji, from: [author] });
  }
  return [...byEmoji.values()];
}

function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
