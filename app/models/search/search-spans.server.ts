import { type SQL, sql } from "drizzle-orm";
import { conversations } from "#db/schema.ts";
import type { NumberSelection } from "../inbox/conversation-list.server.ts";
import type { ListPosition } from "../list-position.server.ts";
import { lexeme } from "./search-query.server.ts";

const SECONDS_A_WEEK = 604_800;
/** As message_search() numbers the words' periods. */
const WEEKS_A_PERIOD = 8;
const FIRST_PERIOD = 254;
/** A lexeme in a tsquery's text, where a quote inside it stands twice. */
const QUOTED = "'((?:[^']|'')*)'";

/**
 * SQL of two tables of a with clause, after a table `typed` with the tsquery `words`. `spans` cuts
 * the past, in the weeks of message_search(): the newest week, the four before it, the sixteen
 * before those, the sixty-four before, the rest. Each has the tsquery of the words in it, and when
 * it ended.
 *
 * The index gives its matches in no order. Asked for one span after the other until there are
 * enough, it never gathers many more than are shown: a common word is found in the newest span, and
 * one that is not costs a few look-ups, however long the history. This is a join of `spans` with a
 * lateral query that is limited: PostgreSQL reads the next span only when it still needs rows.
 */
export function searchSpans(
  companyId: number,
  numbers: NumberSelection,
  after: ListPosition | undefined,
): SQL {
  const weeks = sql`(
    select string_agg('''week ' || week || '''', '|')::tsquery
    from generate_series(newest.week - span.oldest, newest.week - span.newest) week)`;
  const words = sql`(
    select string_agg('(' || regexp_replace(typed.words::text, ${QUOTED}::text, '''' || period || ' \\1''', 'g') || ')', '|')::tsquery
    from generate_series(${periodOf(sql`newest.week - span.oldest`)}, ${periodOf(sql`newest.week - span.newest`)}) period)`;
  return sql`
    newest as materialized (select ${newestWeek(companyId, numbers.listed, after)} as week),
    spans as materialized (
      select ${words} && ${where(companyId, numbers)} && coalesce(${weeks}, '') as query,
        timestamptz 'epoch' + (newest.week - span.newest + 1) * interval '168 hours' as ended_at
      from typed cross join newest
      cross join (values (0, 0), (1, 4), (5, 20), (21, 84), (85, null)) span (newest, oldest)
      where typed.words is not null
    )`;
}

/** Null, for a span without an end, is as long ago as can be. */
function periodOf(week: SQL): SQL {
  return sql`greatest((${week}) / ${sql.raw(`${WEEKS_A_PERIOD}`)}, ${sql.raw(`${FIRST_PERIOD}`)})`;
}

function where(companyId: number, { listed, isWholeCompany }: NumberSelection): SQL {
  if (isWholeCompany) return lexeme(sql`'company ' || ${companyId}::bigint`);
  return sql`(
    select string_agg('''account ' || account || '''', '|')::tsquery
    from unnest(${sql.param(listed)}::bigint[]) account)`;
}

/** SQL of the week of the newest message that can be meant. */
function newestWeek(
  companyId: number,
  accountIds: readonly number[],
  after: ListPosition | undefined,
): SQL {
  if (after) return sql`${Math.floor(after.micros / 1e6 / SECONDS_A_WEEK)}::int`;
  return sql`(
    select floor(extract(epoch from max(c.last_message_at)) / ${sql.raw(`${SECONDS_A_WEEK}`)})::int
    from unnest(${sql.param(accountIds)}::bigint[]) account (id)
    cross join lateral (
      select c.last_message_at from ${conversations} c
      where c.company_id = ${companyId} and c.account_id = account.id and c.last_message_at is not null
      order by c.last_message_at desc nulls last limit 1
    ) c)`;
}
