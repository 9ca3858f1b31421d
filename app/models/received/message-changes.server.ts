import { sql } from "drizzle-orm";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { columnsBut } from "#db/raw-sql/written-columns.server.ts";
import { messages } from "#db/schema.ts";
import { locks } from "../advisory-locks.ts";
import type { CompanyScope } from "../scope.server.ts";
import { REACTION, REVOKE } from "./received.ts";

/**
 * What a message says and points to: all of it goes when its sender takes the message back. A column
 * that the table gets is among it until it is named here.
 */
const CONTENT = columnsBut(messages, [
  "companyId",
  "id",
  "accountId",
  "conversationId",
  "wamid",
  "direction",
  "type",
  "senderContactId",
  "targetWamid",
  "hidden",
  "unread",
  "sentByUserId",
  "replyToWamid",
  "forwarded",
  "editedAt",
  "revokedAt",
  "sentAt",
  "createdAt",
]);
const EDITABLE = CONTENT.columns.filter(({ key }) => key !== "referral");
const cleared = sql.raw(CONTENT.columns.map(({ name }) => `${name} = null`).join(", "));
const edited = sql.raw(EDITABLE.map(({ name }) => `${name} = e.${name}`).join(", "));
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
    await edit(inTransaction, accountId, targets);
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
}

/** The latest edit wins. An edit that can't be shown stays beside the message as it was. */
async function edit(
  { db, companyId }: CompanyScope,
  accountId: number,
  targets: readonly string[],
): Promise<void> {
  const edits = sql`
    select distinct on (target_wamid, direction) * from ${messages}
    where company_id = ${companyId} and account_id = ${accountId} and ${anyOf(sql`target_wamid`, targets)}
      and ${isEdit} and type <> 'unsupported' and not hidden
    order by target_wamid, direction, sent_at desc, id desc`;
  await rows(
    db,
    sql`
      update ${messages} m set type = e.type, ${edited}, edited_at = e.sent_at from (${edits}) e
      where m.company_id = ${companyId} and m.account_id = ${accountId}
        and m.wamid = e.target_wamid and m.direction = e.direction
        and m.revoked_at is null and (m.edited_at is null or m.edited_at <= e.sent_at)`,
  );
  await rows(
    db,
    sql`
      update ${messages} e set ${cleared}, hidden = true from ${messages} m
      where e.company_id = ${companyId} and e.account_id = ${accountId}
        and e.${anyOf(sql`target_wamid`, targets)} and e.${isEdit} and e.type <> 'unsupported'
        and not e.hidden
        and m.company_id = ${companyId} and m.account_id = ${accountId}
        and m.wamid = e.target_wamid and m.direction = e.direction`,
  );
}
