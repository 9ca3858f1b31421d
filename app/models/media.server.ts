import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { mediaViews, messages, whatsappAccounts } from "#db/schema.ts";
import { accountOfMessage, mediaExpiry } from "./message-account.server.ts";
import { type MediaKind, mediaKindOf, mediaKinds } from "./message-response.ts";
import { type Reader, readerReaches } from "./reach.server.ts";
import type { CompanyScope } from "./scope.server.ts";

/** What a message tells of its file. */
export interface MediaPointer {
  companyId: number;
  messageId: number;
  conversationId: number;
  mediaId: string;
  kind: MediaKind;
  mimeType: string | null;
  filename: string | null;
  /** Lower-case hex. */
  sha256: string | null;
  expiresAt: Date;
  phoneNumberId: string;
}

/**
 * The file behind a media id, through a message of this company. Several messages may carry the
 * same id (a forward, a replay): one that the reader may see is enough.
 *
 * @returns "unknown" when no message of this company has it, "forbidden" when the reader may see none of them
 */
export async function findMedia(
  { db, companyId }: CompanyScope,
  reader: Reader,
  mediaId: string,
): Promise<MediaPointer | "unknown" | "forbidden"> {
  const reachable = sql<boolean>`${readerReaches(db, reader, messages)}`.as("reachable");
  const [row] = await db
    .select({
      messageId: messages.id,
      conversationId: messages.conversationId,
      type: messages.type,
      mimeType: messages.mediaMimeType,
      filename: messages.mediaFilename,
      sha256: messages.mediaSha256,
      receivedAt: messages.createdAt,
      phoneNumberId: whatsappAccounts.phoneNumberId,
      retentionHours: whatsappAccounts.mediaRetentionHours,
      reachable,
    })
    .from(messages)
    .innerJoin(whatsappAccounts, accountOfMessage)
    .where(
      and(
        eq(messages.companyId, companyId),
        eq(messages.mediaId, mediaId),
        inArray(messages.type, mediaKinds),
      ),
    )
    .orderBy(desc(reachable), desc(messages.createdAt))
    .limit(1);
  const kind = row && mediaKindOf(row.type);
  if (!row || !kind) return "unknown";
  if (!row.reachable) return "forbidden";
  const { reachable: _, receivedAt, retentionHours, type: __, ...pointer } = row;
  return {
    ...pointer,
    companyId,
    mediaId,
    kind,
    expiresAt: mediaExpiry(receivedAt, retentionHours),
  };
}

/** @param view bytes: sent to the person; outcome: "complete", or why it ended */
export async function recordMediaView(
  { db, companyId }: CompanyScope,
  view: {
    userId: number;
    messageId: number;
    mediaId: string;
    status: number;
    bytes: number;
    outcome: string;
  },
): Promise<void> {
  await db.insert(mediaViews).values({ companyId, ...view });
}
