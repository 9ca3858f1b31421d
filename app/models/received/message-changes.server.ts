import { sql } from "drizzle-orm";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { messageFiles, messages } from "#db/schema.ts";
import { locks } from "../advisory-locks.ts";
import type { CompanyScope } from "../scope.server.ts";
import { CONTENT } from "./message-content.server.ts";
import { carryOutEdits, findEdits } from "./message-edits.server.ts";
import { REACTION, REVOKE } from "./received.ts";

const cleared = sql.raw(CONTENT.columns.map(({ name }) => `${name} = null`).join(", "));
const isEdit = sql`type not in (${REACTION}, ${REVOKE})`;

/**
 * Carries out the edits and revokes of messages, whichever arrived first. Call it after the
 * transaction that stored any of them: of two that were stored at the same moment, the later one
 * to commit then sees both. Doing it again changes nothing.
 *
 * @param wamids messages that came, and those that came to change something
 */
export async function carryOutChanges(
  scope: CompanyScope,
  accountId: number,
  wamids: readonly string[],
): Promise<void> {
  const { db, companyId } = scope;
  const changed = await rows(
    db,
    TARGET,
    sql`
      select distinct ${TARGET.list} from ${messages}
      where company_id = ${companyId} and account_id = ${accountId}
        and ${anyOf(sql`target_wamid`, wamids)}
        and type <> ${REACTION}`,
  );
  if (changed.length === 0) return;
  const targets = changed.map(({ target }) => target);
  await db.transaction(async (tx) => {
    const inTransaction = { companyId, db: tx };
    // Not the rows: those that come to change the message are changed too, and it may not be here.
    await rows(tx, locks(companyId, "messages", targets));
    await revoke(inTransaction, accountId, targets);
    const { edited, done } = await findEdits(inTransaction, accountId, targets);
    await carryOutEdits(inTransaction, edited);
    await hide(inTransaction, done);
  });
}

const TARGET = selection({ target: sql<string>`${messages.targetWamid}` });

/** A customer takes back what a customer sent, we what we sent. */
async function revoke(
  { db, companyId }: CompanyScope,
  accountId: number,
  targets: readonly string[],
): Promise<void> {
  const revokes = sql`
    select target_wamid, direction, min(sent_at) as at from ${messages}
    where company_id = ${companyId} and account_id = ${accountId}
      and ${anyOf(sql`target_wamid`, targets)} and type = ${REVOKE}
    group by 1, 2`;
  const revoked = sql`
    update ${messages} m set ${cleared}, revoked_at = r.at from (${revokes}) r
    where m.company_id = ${companyId} and m.account_id = ${accountId}
      and m.direction = r.direction and m.revoked_at is null`;
  await rows(db, sql`${revoked} and m.wamid = r.target_wamid`);
  await rows(db, sql`${revoked} and m.target_wamid = r.target_wamid and m.${isEdit}`);
  await rows(
    db,
    sql`
      delete from ${messageFiles} f using ${messages} m
      where f.company_id = ${companyId} and m.company_id = ${companyId} and m.id = f.message_id
        and m.account_id = ${accountId} and m.revoked_at is not null
        and (m.${anyOf(sql`wamid`, targets)} or m.${anyOf(sql`target_wamid`, targets)})`,
  );
}

/** An edit that was carried out is no line any more, and keeps nothing. */
async function hide({ db, companyId }: CompanyScope, done: readonly number[]): Promise<void> {
  if (done.length === 0) return;
  await rows(
    db,
    sql`
      update ${messages} set ${cleared}, hidden = true
      where company_id = ${companyId} and ${anyOf(sql`id`, done)}`,
  );
  await rows(
    db,
    sql`
      delete from ${messageFiles}
      where company_id = ${companyId} and ${anyOf(sql`message_id`, done)}`,
  );
}
