import { sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { messages } from "#db/schema.ts";
import { locks } from "../advisory-locks.ts";
import { anyOf } from "../any-of.ts";
import type { CompanyScope } from "../scope.server.ts";
import { REACTION, REVOKE } from "./received.ts";

/** What a message says and points to; all of it goes when its sender takes the message back. */
const CONTENT = [
  "body",
  "payload",
  "referral",
  "error_code",
  "error_title",
  "media_url",
  "media_type",
  "media_id",
  "media_mime_type",
  "media_caption",
  "media_sha256",
  "media_filename",
  "media_voice",
  "media_size",
  "media_viewed_at",
];
const EDITABLE = CONTENT.filter((column) => column !== "referral");
const cleared = sql.raw(CONTENT.map((column) => `${column} = null`).join(", "));
const edited = sql.raw(EDITABLE.map((column) => `${column} = e.${column}`).join(", "));
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
  const changed = await rows<{ target_wamid: string }>(
    db,
    sql`
      select distinct target_wamid from ${messages}
      where company_id = ${companyId} and account_id = ${accountId}
        and ${anyOf(sql`target_wamid`, wamids)}
        and type <> ${REACTION}`,
  );
  if (changed.length === 0) return;
  const targets = changed.map(({ target_wamid }) => target_wamid);
  await db.transaction(async (tx) => {
    const inTransaction = { companyId, db: tx };
    // Not the rows: those that come to change the message are changed too, and it may not be here.
    await rows(tx, locks(companyId, "messages", targets));
    await revoke(inTransaction, accountId, targets);
    await edit(inTransaction, accountId, targets);
  });
}

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
