import { sql } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { rows } from "#db/rows.server.ts";
import { sessions, users } from "#db/schema.ts";
import { sessionIsLive } from "./live-session.server.ts";
import { reachableAccounts } from "./reachable-accounts.server.ts";

/** What a person may see. */
export interface Reach {
  role: "admin" | "agent";
  /** Our numbers whose conversations they may see, in ascending order. */
  accountIds: readonly number[];
}

/**
 * What the owners of sessions may see now. Not of one company: a process asks for all that hold a
 * stream of events at once, and each session names its own.
 *
 * @returns in the same order; undefined for a session that is unknown, ended, expired or idle at
 *   `now`, or its user deactivated
 */
export async function findSessionReaches(
  db: Db,
  keys: readonly { companyId: number; tokenHash: string }[],
  now: Date,
): Promise<(Reach | undefined)[]> {
  const companyIds = sql.param(keys.map(({ companyId }) => companyId));
  const hashes = sql.param(keys.map(({ tokenHash }) => tokenHash));
  const found = await rows<{ index: number; role: Reach["role"]; accounts: { id: number }[] }>(
    db,
    sql`
      select k.index::float8 as index, u.role, coalesce(reach.accounts, '[]'::json) as accounts
      from unnest(${companyIds}::bigint[], ${hashes}::text[])
        with ordinality as k(company_id, token_hash, index)
      join ${sessions} s on s.company_id = k.company_id and s.token_hash = k.token_hash
      join ${users} u on u.company_id = s.company_id and u.id = s.user_id
      left join lateral (${reachableAccounts}) reach on true
      where ${sessionIsLive(now)}`,
  );
  const reaches: (Reach | undefined)[] = keys.map(() => undefined);
  for (const { index, role, accounts } of found) reaches[index - 1] = reachOf(role, accounts);
  return reaches;
}

export function reachOf(role: Reach["role"], accounts: readonly { id: number }[]): Reach {
  return { role, accountIds: accounts.map(({ id }) => id).sort((a, b) => a - b) };
}
