import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { sessions, users } from "#db/schema.ts";
import { sessionIsLive } from "../live-session.server.ts";
import { type AccountJson, reachableAccounts } from "../numbers/reachable-accounts.server.ts";
import type { Role } from "../role.ts";
import type { CompanyScope } from "../scope.server.ts";

/** What a person may see. */
export interface Reach {
  role: Role;
  /** Our numbers whose conversations they may see, in ascending order. */
  accountIds: readonly number[];
}

/**
 * What the owners of some of a company's sessions may see now.
 *
 * @param tokenHashes SHA-256 of the sessions' tokens, hex
 * @returns in the same order; undefined for a session that is unknown, ended, expired or idle at
 *   `now`, or its user deactivated
 */
export async function findSessionReaches(
  { db, companyId }: CompanyScope,
  tokenHashes: readonly string[],
  now: Date,
): Promise<(Reach | undefined)[]> {
  const found = await rows(
    db,
    REACH,
    sql`
      select ${REACH.list}
      from unnest(${sql.param(tokenHashes)}::text[]) with ordinality as k(token_hash, index)
      join ${sessions} s on s.company_id = ${companyId}::bigint and s.token_hash = k.token_hash
      join ${users} u on u.company_id = s.company_id and u.id = s.user_id
      left join lateral (${reachableAccounts}) reach on true
      where ${sessionIsLive(now)}`,
  );
  const reaches: (Reach | undefined)[] = tokenHashes.map(() => undefined);
  for (const { index, role, accounts } of found) reaches[index - 1] = reachOf(role, accounts);
  return reaches;
}

const REACH = selection({
  index: sql<number>`k.index::float8`,
  role: alias(users, "u").role,
  accounts: sql<AccountJson[]>`coalesce(reach.accounts, '[]'::json)`,
});

export function reachOf(role: Reach["role"], accounts: readonly { id: number }[]): Reach {
  return { role, accountIds: accounts.map(({ id }) => id).sort((a, b) => a - b) };
}
