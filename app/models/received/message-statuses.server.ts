import { sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { columnsBut, type WrittenRow } from "#db/raw-sql/written-columns.server.ts";
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
      insert into ${messageStatuses} as s (company_id, account_id, ${STATUS.names})
      select ${companyId}, ${accountId}, ${STATUS.values()}
      from jsonb_to_recordset(${JSON.stringify(highest(statuses).map(toRow))}::jsonb) as input (
        ${STATUS.definitions})
      on conflict (company_id, account_id, wamid, recipient) do update
      set ${STATUS.updates(["wamid", "recipient"])}
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

const STATUS = columnsBut(messageStatuses, ["companyId", "accountId", "createdAt"]);

export type InsertedStatus = WrittenRow<typeof STATUS>;

function toRow(received: ReceivedStatus): InsertedStatus {
  const { sentWithKey, ...status } = received;
  return { ...status, rank: rankOf(received.status) };
}
