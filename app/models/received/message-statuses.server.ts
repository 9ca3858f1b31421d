import { sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { messageStatuses } from "#db/schema.ts";
import { rankOf } from "../outgoing/delivery-status.ts";
import { isMessageKey } from "../outgoing/local-wamid.ts";
import { settleSent } from "../outgoing/sent-messages.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { ReceivedStatus } from "./received.ts";

/**
 * Notes how far messages got. WhatsApp sends statuses in any order and more than once: one gives
 * way only to a higher rank. A message needs not be here; one of ours may learn its id from this.
 *
 * @returns how many changed something
 */
export async function noteStatuses(
  scope: CompanyScope,
  accountId: number,
  statuses: readonly ReceivedStatus[],
): Promise<number> {
  if (statuses.length === 0) return 0;
  await settleSent(scope, accountId, statuses.flatMap(sentOf));
  const { db, companyId } = scope;
  const changed = await rows(
    db,
    sql`
      insert into ${messageStatuses} as s (company_id, account_id, wamid, recipient, status, rank,
        at, error_code, error_title, error_details)
      select ${companyId}, ${accountId}, wamid, recipient, status, rank,
        at, error_code, error_title, error_details
      from jsonb_to_recordset(${JSON.stringify(highest(statuses).map(toRow))}::jsonb) as input (
        wamid text, recipient text, status text, rank smallint, at timestamptz,
        error_code int, error_title text, error_details text)
      on conflict (company_id, account_id, wamid, recipient) do update
      set status = excluded.status, rank = excluded.rank, at = excluded.at,
        error_code = excluded.error_code, error_title = excluded.error_title,
        error_details = excluded.error_details
      where excluded.rank > s.rank
      returning 1`,
  );
  return changed.length;
}

function sentOf({ wamid, sentWithKey }: ReceivedStatus) {
  return isMessageKey(sentWithKey) ? [{ key: sentWithKey, wamid }] : [];
}

/** One for each message and recipient, in one order for all: two batches can't wait for each other. */
function highest(statuses: readonly ReceivedStatus[]): ReceivedStatus[] {
  const byRecipient = new Map<string, ReceivedStatus>();
  for (const status of statuses) {
    const key = JSON.stringify([status.wamid, status.recipient]);
    const known = byRecipient.get(key);
    if (!known || rankOf(status.status) > rankOf(known.status)) byRecipient.set(key, status);
  }
  return [...byRecipient].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, status]) => status);
}

function toRow(status: ReceivedStatus) {
  return {
    wamid: status.wamid,
    recipient: status.recipient,
    status: status.status,
    rank: rankOf(status.status),
    at: status.at,
    error_code: status.errorCode,
    error_title: status.errorTitle,
    error_details: status.errorDetails,
  };
}
