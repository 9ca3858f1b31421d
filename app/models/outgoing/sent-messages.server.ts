import { sql } from "drizzle-orm";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { messageStatuses, messages } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { localWamid } from "./local-wamid.ts";
import { ACCEPTED } from "./outgoing-status.ts";

/** A message of ours that WhatsApp has taken. */
export interface Sent {
  /** Which it was sent with. */
  key: string;
  wamid: string;
}

/**
 * Gives messages of ours WhatsApp's id, whoever learns it first: the call that sent them, or a
 * webhook with their status. One that is here under that id already, as an echo, stays, and is the
 * only one to be seen. A message that was discarded in doubt comes back: its customer has it. Doing
 * it again changes nothing.
 *
 * @param sent of other apps' messages too: a key that isn't ours finds nothing
 * @throws the database's unique violation when an echo came at the same moment; do it again then
 */
export async function settleSent(
  { db, companyId }: CompanyScope,
  accountId: number,
  sent: readonly Sent[],
): Promise<void> {
  const byLocal = new Map(sent.map(({ key, wamid }) => [localWamid(key), wamid]));
  if (byLocal.size === 0) return;
  const input = [...byLocal].map(([local, wamid]) => ({ local, wamid }));
  await rows(
    db,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as input (local text, wamid text)
      ), ours as materialized (
        select m.id, m.wamid as local, m.sent_by_user_id, input.wamid
        from ${messages} m join input on input.local = m.wamid
        join ${messageStatuses} s on s.company_id = m.company_id and s.account_id = m.account_id
          and s.wamid = m.wamid and s.recipient = '' and s.status <> ${ACCEPTED}
        where m.company_id = ${companyId} and m.account_id = ${accountId}
          and m.${anyOf(sql`wamid`, [...byLocal.keys()])}
        order by m.id for update of m
      ), echoes as (
        update ${messages} e set sent_by_user_id = ours.sent_by_user_id
        from ours where e.company_id = ${companyId} and e.account_id = ${accountId}
          and e.wamid = ours.wamid and e.${anyOf(sql`wamid`, [...byLocal.values()])}
        returning e.wamid
      ), settled as (
        update ${messages} m set
          wamid = case when echoed.wamid is null then ours.wamid else ours.local end,
          hidden = echoed.wamid is not null
        from ours left join echoes echoed on echoed.wamid = ours.wamid
        where m.company_id = ${companyId} and m.id = ours.id
      )
      update ${messageStatuses} s set status = ${ACCEPTED},
        error_code = null, error_title = null, error_details = null
      from ours
      where s.company_id = ${companyId} and s.account_id = ${accountId}
        and s.wamid = ours.local and s.recipient = ''`,
  );
}
