import { sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { conversations, messages } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";

/** WhatsApp shows messages as read for this long (Meta: Cloud API, "Mark messages as read"). */
const WHATSAPP_TAKES_DAYS = 30;

/** What was marked, for WhatsApp to be told. */
export interface ReadMark {
  /** How many messages were unread until now. */
  marked: number;
  /** The customer's newest message among those read; null when WhatsApp no longer takes it. */
  newestWamid: string | null;
}

/**
 * Marks a conversation's messages as dealt with, up to the newest that a person had on the page:
 * what has come since stays unread.
 *
 * @param through the highest id of a message on the page
 */
export async function markRead(
  { db, companyId }: CompanyScope,
  conversationId: number,
  through: number,
): Promise<ReadMark> {
  const [mark] = await rows(
    db,
    MARK,
    sql`
      with locked as materialized (
        select id from ${conversations}
        where company_id = ${companyId} and id = ${conversationId} for no key update
      ), marked as (
        update ${messages} m set unread = false from locked
        where m.company_id = ${companyId} and m.conversation_id = ${conversationId}
          and m.unread and m.id <= ${through} and m.conversation_id = locked.id
        returning m.wamid, m.sent_at, m.id
      ), counted as (
        update ${conversations} c
        set unread_count = greatest(c.unread_count - (select count(*) from marked), 0)
        where c.company_id = ${companyId} and c.id = ${conversationId}
          and exists (select from marked)
      )
      select ${MARK.list}`,
  );
  return mark ?? { marked: 0, newestWamid: null };
}

const MARK = selection({
  marked: sql<number>`(select count(*)::int from marked)`,
  newestWamid: sql<string | null>`(
    select wamid from marked
    where sent_at > now() - interval '${sql.raw(`${WHATSAPP_TAKES_DAYS}`)} days'
    order by sent_at desc, id desc limit 1)`,
});
