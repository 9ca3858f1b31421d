import { and, desc, eq, sql } from "drizzle-orm";
import { messages, whatsappAccounts } from "#db/schema.ts";
import {
  type MediaKind,
  type MessageResponse,
  mediaKinds,
  messageResponseSchema,
} from "./message-response.ts";
import type { CompanyScope } from "./scope.server.ts";

const PAGE_LENGTH = 50;
const HOUR_MS = 3_600_000;

export interface MessagePage {
  /** Oldest first. */
  messages: MessageResponse[];
  /** The id to pass as `before` for the page of older messages; null at the beginning. */
  older: number | null;
}

/**
 * One page of a conversation, the newest 50 messages, or the 50 before a given one.
 *
 * @param before a message of the same conversation
 */
export async function listMessages(
  { db, companyId }: CompanyScope,
  conversationId: number,
  before?: number,
): Promise<MessagePage> {
  const rows = await db
    .select({
      id: messages.id,
      direction: messages.direction,
      type: messages.type,
      body: messages.body,
      sentAt: messages.sentAt,
      receivedAt: messages.createdAt,
      mediaId: messages.mediaId,
      mediaMimeType: messages.mediaMimeType,
      mediaCaption: messages.mediaCaption,
      mediaFilename: messages.mediaFilename,
      mediaVoice: sql<boolean>`coalesce(${messages.mediaVoice}, false)`,
      retentionHours: whatsappAccounts.mediaRetentionHours,
    })
    .from(messages)
    .innerJoin(whatsappAccounts, accountOfMessage)
    .where(
      and(
        eq(messages.companyId, companyId),
        eq(messages.conversationId, conversationId),
        before === undefined
          ? undefined
          : sql`(${messages.sentAt}, ${messages.id}) < (select b.sent_at, b.id from ${messages} b where b.company_id = ${companyId} and b.conversation_id = ${conversationId} and b.id = ${before})`,
      ),
    )
    .orderBy(desc(messages.sentAt), desc(messages.id))
    .limit(PAGE_LENGTH + 1);
  const page = rows.slice(0, PAGE_LENGTH).reverse();
  return {
    messages: page.map(({ receivedAt, retentionHours, ...row }) => {
      const mediaKind = mediaKindOf(row.type);
      return messageResponseSchema.parse({
        ...row,
        mediaKind,
        mediaExpiresAt: mediaKind && mediaExpiry(receivedAt, retentionHours),
      });
    }),
    older: rows.length > PAGE_LENGTH ? (page[0]?.id ?? null) : null,
  };
}

/** The join of a message with the account it came to. */
export const accountOfMessage = and(
  eq(whatsappAccounts.companyId, messages.companyId),
  eq(whatsappAccounts.id, messages.accountId),
);

/** @returns null for a type that carries no file */
export function mediaKindOf(type: string): MediaKind | null {
  return mediaKinds.find((kind) => kind === type) ?? null;
}

/** Counted from when the webhook arrived: Meta documents 7 days for media ids received by webhook. */
export function mediaExpiry(receivedAt: Date, retentionHours: number): Date {
  return new Date(receivedAt.getTime() + retentionHours * HOUR_MS);
}
