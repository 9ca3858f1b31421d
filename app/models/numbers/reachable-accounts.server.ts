import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { accountMembers, whatsappAccounts } from "#db/schema.ts";
import { expiringFiles } from "../inbox/unopened-files.server.ts";

/** One of our numbers whose conversations the viewer may see. */
export interface ReachableAccount {
  id: number;
  name: string;
  phoneNumberId: string;
  displayPhoneNumber: string;
  /** Set while WhatsApp refuses the number's access token. */
  tokenRefused: { since: Date; reason: string } | null;
}

const a = alias(whatsappAccounts, "a");

const ACCOUNT = selection({
  id: a.id,
  name: a.name,
  phoneNumberId: a.phoneNumberId,
  displayPhoneNumber: a.displayPhoneNumber,
  refusedAt: a.tokenRefusedAt,
  refusedReason: a.tokenRefusedReason,
});

export type AccountJson = RowOf<typeof ACCOUNT>;

/**
 * One row with the accounts that the user `u` of the query around it reaches, as JSON, by name, and
 * how many of their files expire unopened.
 */
export const reachableAccounts = sql`
  select json_agg(${ACCOUNT.json} order by a.name, a.id) as accounts,
    least(coalesce(sum(${expiringFiles}), 0), 10)::int as "expiringFiles"
  from ${whatsappAccounts} a
  where a.company_id = u.company_id and (u.role = 'admin' or exists (
    select 1 from ${accountMembers} m
    where m.company_id = u.company_id and m.user_id = u.id and m.account_id = a.id))`;

export function fromJson({ refusedAt, refusedReason, ...account }: AccountJson): ReachableAccount {
  const tokenRefused =
    refusedAt === null ? null : { since: new Date(refusedAt), reason: refusedReason ?? "" };
  return { ...account, tokenRefused };
}

/** One of them whose files can't be opened, because WhatsApp refuses its access token. */
export interface RefusedAccount {
  phoneNumberId: string;
  name: string;
  since: Date;
  reason: string;
}

/** The first refused first. */
export function refusedAccounts(accounts: readonly ReachableAccount[]): RefusedAccount[] {
  return accounts
    .flatMap(({ tokenRefused, phoneNumberId, name }) =>
      tokenRefused ? { phoneNumberId, name, ...tokenRefused } : [],
    )
    .sort((a, b) => a.since.getTime() - b.since.getTime());
}
