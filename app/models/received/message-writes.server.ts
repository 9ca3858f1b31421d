import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { orNull, selection } from "#db/raw-sql/selection.server.ts";
import { columnsBut, type WrittenRow } from "#db/raw-sql/written-columns.server.ts";
import { conversations, messages } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { FiledMessage } from "./filed-messages.ts";
import { insertedFiles } from "./message-files.server.ts";
import { isEdit, REACTION, REVOKE } from "./received.ts";

/** A conversation went while the messages were on their way to it: its contact was merged into another. */
export class ConversationGoneError extends Error {
  override name = "ConversationGoneError";
}

/**
 * Stores messages in one statement, in the order given, and brings their conversations up to
 * date. A message that is already there changes nothing.
 *
 * @param filed each wamid once
 * @returns the wamids that were new
 * @throws {ConversationGoneError} nothing is stored then; look the contacts up again
 */
export async function insertMessages(
  { db, companyId }: CompanyScope,
  accountId: number,
  filed: readonly FiledMessage[],
): Promise<Set<string>> {
  if (filed.length === 0) return new Set();
  const conversationIds = [...new Set(filed.map(({ conversationId }) => conversationId))];
  const theirs = anyOf(sql`id`, conversationIds);
  // Conversations are locked in one order by all, so that two batches can't each wait for the
  // other; a message is inserted only under its conversation's lock.
  const result = await rows(
    db,
    STORED,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(filed.map(toRow))}::jsonb) as input (
          position int, ${MESSAGE.definitions})
      ), locked as materialized (
        select id from ${conversations}
        where company_id = ${companyId} and account_id = ${accountId}
          and ${theirs}
        order by id for no key update
      ), inserted as (
        insert into ${messages} (company_id, account_id, ${MESSAGE.names})
        select ${companyId}, ${accountId}, ${MESSAGE.values()}
        from input
        where (select count(*) from locked) = ${conversationIds.length}
        order by position
        on conflict (company_id, account_id, wamid) do nothing
        returning id, account_id, wamid, conversation_id, direction, sent_at, hidden, unread
      )${insertedFiles(companyId, filed)}, touched as (
        update ${conversations} c
        set last_message_at = greatest(c.last_message_at, totals.at),
          last_inbound_at = greatest(c.last_inbound_at, totals.inbound_at),
          unread_count = c.unread_count + totals.unread
        from (
          select conversation_id, max(sent_at) filter (where not hidden) as at,
            max(sent_at) filter (where direction = 'inbound') as inbound_at,
            count(*) filter (where unread) as unread
          from inserted group by 1
        ) totals
        where c.company_id = ${companyId} and c.${theirs} and c.id = totals.conversation_id
      )
      select ${STORED.list}
      from (select count(*)::int as found from locked) locked left join inserted on true`,
  );
  if (result[0]?.found !== conversationIds.length) throw new ConversationGoneError();
  return new Set(result.flatMap(({ wamid }) => wamid ?? []));
}

const STORED = selection({
  found: sql<number>`locked.found`,
  wamid: orNull(alias(messages, "inserted").wamid),
});

const MESSAGE = columnsBut(messages, [
  // The statement's own, and the database's.
  "companyId",
  "accountId",
  "id",
  "createdAt",
  // Of what is sent from here, and of what happens later.
  "sentByUserId",
  "editedAt",
  "revokedAt",
  "mediaSize",
  "mediaViewedAt",
  "mediaEditedAt",
  // Deprecated.
  "mediaUrl",
  "mediaType",
]);

/** What is written of a message that a webhook brought. */
export type InsertedMessage = WrittenRow<typeof MESSAGE>;

function toRow({ message, conversationId, senderContactId }: FiledMessage, position: number) {
  const { person, groupId, imported, files, ...content } = message;
  const hidden = message.type === REACTION || message.type === REVOKE;
  const unread = message.direction === "inbound" && !hidden && !imported && !isEdit(message);
  const row: InsertedMessage = { ...content, conversationId, senderContactId, hidden, unread };
  return { position, ...row };
}
