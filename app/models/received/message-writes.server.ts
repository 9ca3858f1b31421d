import { sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { conversations, messages } from "#db/schema.ts";
import { anyOf } from "../any-of.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { FiledMessage } from "./filed-messages.ts";
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
  const result = await rows<{ wamid: string | null; found: number }>(
    db,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(filed.map(toRow))}::jsonb) as input (
          position int, conversation_id bigint, sender_contact_id bigint, wamid text,
          direction text, type text, unread boolean, body text, payload jsonb, referral jsonb,
          target_wamid text, hidden boolean, reply_to_wamid text, forwarded text,
          error_code int, error_title text, media_id text, media_mime_type text,
          media_caption text, media_sha256 text, media_filename text, media_voice boolean,
          sent_at timestamptz)
      ), locked as materialized (
        select id from ${conversations}
        where company_id = ${companyId} and account_id = ${accountId}
          and ${theirs}
        order by id for no key update
      ), inserted as (
        insert into ${messages} (company_id, account_id, conversation_id, sender_contact_id,
          wamid, direction, type, unread, body, payload, referral, target_wamid, hidden,
          reply_to_wamid, forwarded, error_code, error_title, media_id, media_mime_type, media_caption,
          media_sha256, media_filename, media_voice, sent_at)
        select ${companyId}, ${accountId}, conversation_id, sender_contact_id,
          wamid, direction, type, unread, body, payload, referral, target_wamid, hidden,
          reply_to_wamid, forwarded, error_code, error_title, media_id, media_mime_type, media_caption,
          media_sha256, media_filename, media_voice, sent_at
        from input
        where (select count(*) from locked) = ${conversationIds.length}
        order by position
        on conflict (company_id, account_id, wamid) do nothing
        returning wamid, conversation_id, direction, sent_at, hidden, unread
      ), touched as (
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
      select locked.found, inserted.wamid
      from (select count(*)::int as found from locked) locked left join inserted on true`,
  );
  if (result[0]?.found !== conversationIds.length) throw new ConversationGoneError();
  return new Set(result.flatMap(({ wamid }) => wamid ?? []));
}

/** Named as the columns are. */
function toRow({ message, conversationId, senderContactId }: FiledMessage, position: number) {
  const hidden = message.type === REACTION || message.type === REVOKE;
  return {
    position,
    conversation_id: conversationId,
    sender_contact_id: senderContactId,
    wamid: message.wamid,
    direction: message.direction,
    type: message.type,
    body: message.body,
    payload: message.payload,
    referral: message.referral,
    target_wamid: message.targetWamid,
    hidden,
    unread: message.direction === "inbound" && !hidden && !message.imported && !isEdit(message),
    reply_to_wamid: message.replyToWamid,
    forwarded: message.forwarded,
    error_code: message.errorCode,
    error_title: message.errorTitle,
    media_id: message.mediaId,
    media_mime_type: message.mediaMimeType,
    media_caption: message.mediaCaption,
    media_sha256: message.mediaSha256,
    media_filename: message.mediaFilename,
    media_voice: message.mediaVoice,
    sent_at: message.sentAt,
  };
}
