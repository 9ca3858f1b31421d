import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { conversations, messages } from "#db/schema.ts";
import { nameOfContact } from "../contacts/contact-name.server.ts";
import type { NumberSelection } from "../inbox/conversation-list.server.ts";
import { type ListPosition, microsOf, positionColumns } from "../list-position.server.ts";
import { wordsQuery } from "./search-query.server.ts";
import { searchSpans } from "./search-spans.server.ts";
import type { SearchWords } from "./search-words.ts";

export const MESSAGE_HITS = 30;
/** How many of the newest messages with the words of a phrase are looked through for the phrase. */
const CONSIDERED = 1000;
/** PostgreSQL gathers all words of eight weeks with the beginning, of all companies, before it looks for any other. */
const MIN_PREFIX = 3;
const SNIPPET = "MaxFragments=1, MinWords=6, MaxWords=18, StartSel=\u0002, StopSel=\u0003";

/** A message, found by its words. */
export interface MessageHit {
  id: number;
  conversationId: number;
  accountId: number;
  contactName: string;
  direction: "inbound" | "outbound";
  /** Who of a group wrote it. */
  senderName: string | null;
  type: string;
  mediaVoice: boolean;
  /** Its words around those that were found, which stand between U+0002 and U+0003. */
  snippet: string;
  sentAt: Date;
}

/**
 * SQL of a JSON array of them, the newest first, one more than a page has. What the index can't
 * tell, whether words stand side by side and which are not there, is asked of the newest only.
 *
 * The index is asked by search_messages() of migration 0007, for the company of the transaction:
 * row-level security would keep a query of ours from using it.
 */
export function messageHits(
  companyId: number,
  numbers: NumberSelection,
  words: SearchWords,
  after: ListPosition | undefined,
): SQL<RowOf<typeof HIT>[]> {
  const count = sql`(select case when is_loose then ${sql.raw(`${CONSIDERED}`)} else ${sql.raw(`${MESSAGE_HITS + 1}`)} end from typed)`;
  const limit = sql`limit ${count}`;
  return sql<RowOf<typeof HIT>[]>`(
    with typed as materialized (
      select query, query::text ~ '[<!]' as is_loose,
        regexp_replace(querytree(query), '<(-|\\d+)>', '&', 'g')::tsquery as words
      from (select ${wordsQuery(words, MIN_PREFIX)} as query) typed
    ), ${searchSpans(companyId, numbers, after)}
    select coalesce(json_agg(${HIT.json} order by m.sent_at desc, m.id desc), '[]')
    from (
      select m.*, typed.query from (
        select m.* from spans cross join lateral search_messages(
          spans.query, ${sql.param(numbers.listed)}::bigint[], ${positionColumns(after)}, spans.ended_at, ${count}
        ) m ${limit}
      ) m cross join typed
      where not typed.is_loose or to_tsvector('simple', m.text) @@ typed.query
      limit ${sql.raw(`${MESSAGE_HITS + 1}`)}
    ) m)`;
}

/** As search_messages() gives them. */
const m = alias(messages, "m");

const contactOf = sql`(
  select c.contact_id from ${conversations} c
  where c.company_id = m.company_id and c.id = m.conversation_id)`;

const HIT = selection({
  id: m.id,
  conversationId: m.conversationId,
  accountId: m.accountId,
  contactName: sql<string>`${nameOfContact(m.companyId, contactOf)}`,
  direction: m.direction,
  senderName: nameOfContact(m.companyId, m.senderContactId),
  type: m.type,
  mediaVoice: sql<boolean>`coalesce(${m.mediaVoice}, false)`,
  snippet: sql<string>`ts_headline('simple', m.text, m.query, ${sql.raw(`'${SNIPPET}'`)})`,
  micros: microsOf(m.sentAt),
});
