import { and, eq } from "drizzle-orm";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { messages } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { MEDIA_PLACEHOLDER, type ReceivedMessage } from "./received.ts";

/**
 * Gives messages that history sync announced without their files the files' name tags, which come
 * later under the same wamids (Meta: Onboarding WhatsApp Business app users, "history webhooks").
 *
 * @returns the wamids of those that are here, waiting or not
 */
export async function fillPlaceholders(
  { db, companyId }: CompanyScope,
  accountId: number,
  received: readonly ReceivedMessage[],
): Promise<Set<string>> {
  if (received.length === 0) return new Set();
  const here = await db
    .select({ id: messages.id, wamid: messages.wamid, type: messages.type })
    .from(messages)
    .where(
      and(
        eq(messages.companyId, companyId),
        eq(messages.accountId, accountId),
        anyOf(
          messages.wamid,
          received.map(({ wamid }) => wamid),
        ),
      ),
    );
  const byWamid = new Map(received.map((message) => [message.wamid, message]));
  for (const { id, wamid, type } of here) {
    const message = byWamid.get(wamid);
    if (type !== MEDIA_PLACEHOLDER || !message) continue;
    await db
      .update(messages)
      .set(fileOf(message))
      .where(
        and(
          eq(messages.companyId, companyId),
          eq(messages.id, id),
          eq(messages.type, MEDIA_PLACEHOLDER),
        ),
      );
  }
  return new Set(here.map(({ wamid }) => wamid));
}

/** All that a message tells of its file. */
type FileColumn = "type" | Extract<keyof ReceivedMessage, `media${string}`>;

function fileOf(message: ReceivedMessage): Pick<ReceivedMessage, FileColumn> {
  const { type, mediaId, mediaMimeType, mediaCaption } = message;
  const { mediaSha256, mediaFilename, mediaVoice } = message;
  return { type, mediaId, mediaMimeType, mediaCaption, mediaSha256, mediaFilename, mediaVoice };
}
