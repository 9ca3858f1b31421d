import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { expressions } from "#db/raw-sql/selection.server.ts";
import { conversations } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { MOST_UNREAD } from "./most-unread.ts";

/** How many conversations of these numbers are unread; MOST_UNREAD stands for that many or more. */
export async function countUnread(
  { db, companyId }: CompanyScope,
  accountIds: readonly number[],
): Promise<number> {
  const count = expressions({ unread: unreadConversations(companyId, accountIds) });
  const [counted] = await rows(db, count, sql`select ${count.list}`);
  return counted?.unread ?? 0;
}

/** SQL of how many conversations of these numbers are unread, at most MOST_UNREAD. */
export function unreadConversations(companyId: number, accountIds: readonly number[]): SQL<number> {
  const most = sql`limit ${sql.raw(`${MOST_UNREAD}`)}`;
  return sql<number>`(
    select count(*)::int from (
      select from unnest(${sql.param(accountIds)}::bigint[]) account (id)
      cross join lateral (
        select from ${conversations} c
        where c.company_id = ${companyId} and c.account_id = account.id and c.unread_count > 0
        ${most}
      ) unread
      ${most}
    ) unread)`;
}
