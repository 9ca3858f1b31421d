import { and, desc, eq, not, sql } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { messages, whatsappAccounts } from "#db/schema.ts";
import { accountOfMessage } from "./message-account.server.ts";
import { deliveryOf, quoteOf, reactionsOf, senderOf } from "./message-context.server.ts";
import type { CompanyScope } from "./scope.server.ts";

/**
 * The newest messages of a conversation that are lines of their own, or those before a given one,
 * newest first, each with what belongs to it. One query: the page is cut before anything is joined.
 */
export function messageRows(
  { db, companyId }: CompanyScope,
  page: { conversationId: number; before: number | undefined; limit: number },
) {
  const message = pageOf(db, companyId, page);
  return db
    .select()
    .from(message)
    .leftJoinLateral(senderOf(db, message), sql`true`)
    .leftJoinLateral(quoteOf(db, message), sql`true`)
    .leftJoinLateral(deliveryOf(db, message), sql`true`)
    .leftJoinLateral(reactionsOf(db, message), sql`true`)
    .orderBy(desc(message.sentAt), desc(message.id));
}

/** One of them. */
export type MessageRow = Awaited<ReturnType<typeof messageRows>>[number];

function pageOf(
  db: Db,
  companyId: number,
  { conversationId, before, limit }: Parameters<typeof messageRows>[1],
) {
  return db
    .select({
      companyId: messages.companyId,
      accountId: messages.accountId,
      wamid: messages.wamid,
      id: messages.id,
      direction: messages.direction,
      type: messages.type,
      senderContactId: messages.senderContactId,
      targetWamid: messages.targetWamid,
      body: messages.body,
      replyToWamid: messages.replyToWamid,
      forwarded: messages.forwarded,
      editedAt: messages.editedAt,
      revokedAt: messages.revokedAt,
      errorCode: messages.errorCode,
      errorTitle: messages.errorTitle,
      mediaId: messages.mediaId,
      mediaMimeType: messages.mediaMimeType,
      mediaCaption: messages.mediaCaption,
      mediaFilename: messages.mediaFilename,
      mediaVoice: messages.mediaVoice,
      payload: messages.payload,
      referral: messages.referral,
      sentAt: messages.sentAt,
      createdAt: messages.createdAt,
      retentionHours: whatsappAccounts.mediaRetentionHours,
    })
    .from(messages)
    .innerJoin(whatsappAccounts, accountOfMessage)
    .where(
      and(
        eq(messages.companyId, companyId),
        eq(messages.conversationId, conversationId),
        not(messages.hidden),
        before === undefined
          ? undefined
          : sql`(${messages.sentAt}, ${messages.id}) < (select b.sent_at, b.id from ${messages} b where b.company_id = ${companyId} and b.conversation_id = ${conversationId} and b.id = ${before})`,
      ),
    )
    .orderBy(desc(messages.sentAt), desc(messages.id))
    .limit(limit)
    .as("message");
}
