import { sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { messages } from "#db/schema.ts";
import { nameOfContact } from "../contacts/contact-name.server.ts";
import { isLocalWamid } from "../outgoing/local-wamid.ts";
import type { MessagePlace } from "../outgoing/unsent-messages.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { Quote } from "./message-response.ts";

const QUOTED_CHARACTERS = 200;

/** A message that can be answered. */
export interface ReplyTarget {
  wamid: string;
  quote: Quote;
}

/**
 * @returns undefined when it isn't in the conversation, is no line there, or WhatsApp has no id for it
 */
export async function findReplyTarget(
  { db, companyId }: CompanyScope,
  { conversationId, messageId }: MessagePlace,
): Promise<ReplyTarget | undefined> {
  const [row] = await rows<TargetRow>(
    db,
    sql`
      select m.wamid, m.id::float8 as "messageId", m.direction, m.type,
        ${nameOfContact(sql`m.company_id`, sql`m.sender_contact_id`)} as "senderName",
        coalesce(m.media_voice, false) as "mediaVoice", m.revoked_at is not null as revoked,
        left(coalesce(m.media_caption, m.body), ${QUOTED_CHARACTERS}) as text
      from ${messages} m
      where m.company_id = ${companyId} and m.conversation_id = ${conversationId}
        and m.id = ${messageId} and not m.hidden`,
  );
  if (!row || isLocalWamid(row.wamid)) return undefined;
  const { wamid, ...quote } = row;
  return { wamid, quote: { missing: false, ...quote } };
}

type TargetRow = { wamid: string } & Omit<Exclude<Quote, { missing: true }>, "missing">;
