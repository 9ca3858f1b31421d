import { type SQL, sql } from "drizzle-orm";
import { contacts, conversations } from "#db/schema.ts";
import { contactName } from "./contact-name.server.ts";
import { microsOf } from "./list-position.server.ts";
import { beginnings, lexeme, wordsQuery } from "./search-query.server.ts";
import type { SearchWords } from "./search-words.ts";

const CONTACT_HITS = 10;
/** Of more than these, a common first name's, any may be shown: they are too many to choose from. */
const CONSIDERED = 1000;
const MIN_PREFIX = 2;

/** A conversation, found by whom it is with. */
export interface ContactHit {
  id: number;
  accountId: number;
  contactName: string;
  /** The phone number, digits. */
  waId: string | null;
  unreadCount: number;
  lastMessageAt: Date;
}

/**
 * SQL of a JSON array of them, the latest active first. The inner offset keeps PostgreSQL from reading
 * all conversations for a few contacts; the outer one the company out of the choice of an index, as
 * in messageHits().
 */
export function contactHits(
  companyId: number,
  accountIds: readonly number[],
  words: SearchWords,
): SQL {
  const typed = wordsQuery(words, MIN_PREFIX);
  const query = words.digits
    ? sql`(coalesce(${typed}, '') || ${beginnings([words.digits])})`
    : typed;
  return sql`(
    select coalesce(json_agg(json_build_object('id', c.id, 'accountId', c.account_id,
      'contactName', c.contact_name, 'waId', c.wa_id, 'unreadCount', c.unread_count,
      'micros', ${microsOf(sql`c.last_message_at`)})
      order by c.last_message_at desc, c.id desc), '[]')
    from (
      select c.* from (
        select c.*, ${contacts.waId}, ${contactName(contacts)} as contact_name
        from (
          select * from ${contacts}
          where contact_search(${contacts.companyId}, ${contacts.name}, ${contacts.username}, ${contacts.waId})
            @@ (select ${lexeme(sql`'company ' || ${companyId}::bigint`)} && ${query})
          offset 0
        ) contacts cross join lateral (
          select c.id, c.account_id, c.unread_count, c.last_message_at from ${conversations} c
          where c.company_id = ${contacts.companyId} and c.contact_id = ${contacts.id}
            and c.account_id = any(${sql.param(accountIds)}::bigint[])
            and c.last_message_at is not null
          offset 0
        ) c
        where ${contacts.companyId} = ${companyId}
        limit ${sql.raw(`${CONSIDERED}`)}
      ) c
      order by c.last_message_at desc, c.id desc limit ${sql.raw(`${CONTACT_HITS}`)}
    ) c)`;
}
