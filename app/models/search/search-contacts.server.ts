import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { contacts, conversations } from "#db/schema.ts";
import { contactName } from "../contacts/contact-name.server.ts";
import { microsOf } from "../list-position.server.ts";
import { beginnings, lexeme, wordsQuery } from "./search-query.server.ts";
import type { SearchWords } from "./search-words.ts";

const CONTACT_HITS = 10;
/** Of more than these, a common first name's or a country's, any may be shown: they are too many to choose from. */
const CONSIDERED = 1000;
const considered = sql.raw(`${CONSIDERED}`);
const MIN_PREFIX = 2;
/** As contact_search() keeps a number. Fewer digits are looked for at its beginning and its end only. */
const MIN_INNER_DIGITS = 5;

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
 * SQL of a JSON array of them, the latest active first. The index is asked by search_contacts() of
 * migration 0007, as for messageHits(). The offset keeps PostgreSQL from reading all conversations
 * for a few contacts.
 */
export function contactHits(
  companyId: number,
  accountIds: readonly number[],
  words: SearchWords,
): SQL<RowOf<typeof HIT>[]> {
  const { digits } = words;
  const typed = wordsQuery(words, MIN_PREFIX);
  const query = digits
    ? sql`(coalesce(${typed}, '') || ${partOfNumber(companyId, digits)})`
    : typed;
  return sql<RowOf<typeof HIT>[]>`(
    with found as (
      select ${shown} from search_contacts(
        (select ${lexeme(sql`'company ' || ${companyId}::bigint`)} && ${query}), ${considered}
      ) contacts
      ${digits ? sql`union ${numbersFrom(companyId, digits)}` : sql``}
      limit ${considered}
    )
    select coalesce(json_agg(${HIT.json}
      order by c.last_message_at desc, c.id desc), '[]')
    from (
      select c.*, found.wa_id, found.contact_name from found cross join lateral (
        select c.id, c.account_id, c.unread_count, c.last_message_at from ${conversations} c
        where c.company_id = ${companyId} and c.contact_id = found.id
          and c.account_id = any(${sql.param(accountIds)}::bigint[])
          and c.last_message_at is not null
        offset 0
      ) c
      order by c.last_message_at desc, c.id desc limit ${sql.raw(`${CONTACT_HITS}`)}
    ) c)`;
}

const c = alias(conversations, "c");

const HIT = selection({
  id: c.id,
  accountId: c.accountId,
  contactName: sql<string>`c.contact_name`,
  waId: alias(contacts, "c").waId,
  unreadCount: c.unreadCount,
  micros: microsOf(c.lastMessageAt),
});

const shown = sql`${contacts.id} as id, ${contacts.waId} as wa_id, ${contactName(contacts)} as contact_name`;

/** SQL of the tsquery of numbers with these digits in them, or, of a few digits, at their end. */
function partOfNumber(companyId: number, digits: string): SQL {
  return digits.length < MIN_INNER_DIGITS
    ? lexeme(sql`${`${companyId} ends ${digits}`}::text`)
    : beginnings([`${companyId} ${digits}`]);
}

/** SQL of the contacts whose number begins so, as `shown`. */
function numbersFrom(companyId: number, digits: string): SQL {
  const end = `${BigInt(digits) + 1n}`.padStart(digits.length, "0");
  const below = end.length > digits.length ? sql`` : sql`and ${contacts.waId} < ${end}`;
  return sql`(
    select ${shown} from ${contacts}
    where ${contacts.companyId} = ${companyId} and ${contacts.waId} >= ${digits} ${below}
    limit ${considered})`;
}
