import { sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { conversations, messageStatuses, messages } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { localWamid } from "./local-wamid.ts";
import type { Refusal } from "./outgoing-message.ts";
import { FAILED, SENDING, UNCONFIRMED } from "./outgoing-status.ts";

/** A message that an agent has written. */
export interface NewOutgoing {
  conversationId: number;
  /** Which message it is: of two with one key, the second is the first sent again. */
  key: string;
  sentByUserId: number;
  type: string;
  body: string | null;
  replyToWamid: string | null;
  file: OutgoingFile | null;
}

export interface OutgoingFile {
  /** Null when the file didn't reach WhatsApp. */
  mediaId: string | null;
  mimeType: string;
  caption: string | null;
  filename: string | null;
  /** SHA-256, lower-case hex; null with the size when not all of it came. */
  sha256: string | null;
  size: number | null;
}

/**
 * Adds a message that is being sent, in one statement, under its conversation's lock. From here on
 * it is either settled, or counts as unconfirmed after a minute.
 *
 * @param failure of its upload: then it is added as failed
 * @returns undefined when it was there already, or "gone" when the conversation isn't there: its
 *   contact was merged into another
 */
export async function addOutgoing(
  { db, companyId }: CompanyScope,
  message: NewOutgoing,
  now: Date,
  failure?: Refusal,
): Promise<number | undefined | "gone"> {
  const row = { ...columnsOf(message), status: failure ? FAILED : SENDING, ...errorOf(failure) };
  const at = sql`${now.toISOString()}::timestamptz`;
  const [added] = await rows<{ found: number; id: number | null }>(
    db,
    sql`
      with input as (
        select * from jsonb_to_record(${JSON.stringify(row)}::jsonb) as input (
          wamid text, sent_by_user_id bigint, type text, body text, reply_to_wamid text,
          media_id text, media_mime_type text, media_caption text, media_filename text,
          media_sha256 text, media_size bigint,
          status text, error_code int, error_title text, error_details text)
      ), locked as materialized (
        select company_id, account_id, id from ${conversations}
        where company_id = ${companyId} and id = ${message.conversationId} for no key update
      ), claimed as (
        insert into ${messageStatuses}
          (company_id, account_id, wamid, status, rank, at, error_code, error_title, error_details)
        select company_id, account_id, wamid, status, 0, ${at}, error_code, error_title, error_details
        from locked, input
        on conflict do nothing
        returning wamid
      ), inserted as (
        insert into ${messages} (company_id, account_id, conversation_id, wamid, direction,
          sent_by_user_id, type, body, reply_to_wamid, media_id, media_mime_type, media_caption,
          media_filename, media_sha256, media_size, sent_at)
        select company_id, account_id, locked.id, input.wamid, 'outbound',
          sent_by_user_id, type, body, reply_to_wamid, media_id, media_mime_type, media_caption,
          media_filename, media_sha256, media_size, ${at}
        from locked, input join claimed on claimed.wamid = input.wamid
        returning id
      ), touched as (
        update ${conversations} c set last_message_at = greatest(c.last_message_at, ${at})
        from locked, inserted where c.company_id = locked.company_id and c.id = locked.id
      )
      select (select count(*)::int from locked) as found, (select id::float8 from inserted) as id`,
  );
  return added?.found ? (added.id ?? undefined) : "gone";
}

/**
 * Writes down that a message was not sent, or may not have been, unless its outcome is known by now.
 *
 * @param refusal why it was not sent; undefined when nobody knows whether it was
 */
export async function settleUnsent(
  { db, companyId }: CompanyScope,
  accountId: number,
  key: string,
  refusal: Refusal | undefined,
): Promise<void> {
  const { error_code, error_title, error_details } = errorOf(refusal);
  await rows(
    db,
    sql`
      update ${messageStatuses} set status = ${refusal ? FAILED : UNCONFIRMED},
        error_code = ${error_code}::int, error_title = ${error_title}::text,
        error_details = ${error_details}::text
      where company_id = ${companyId} and account_id = ${accountId}
        and wamid = ${localWamid(key)} and recipient = '' and status = ${SENDING}`,
  );
}

function columnsOf({ key, sentByUserId, type, body, replyToWamid, file }: NewOutgoing) {
  return {
    wamid: localWamid(key),
    sent_by_user_id: sentByUserId,
    type,
    body,
    reply_to_wamid: replyToWamid,
    media_id: file?.mediaId,
    media_mime_type: file?.mimeType,
    media_caption: file?.caption,
    media_filename: file?.filename,
    media_sha256: file?.sha256,
    media_size: file?.size,
  };
}

function errorOf(refusal: Refusal | undefined) {
  return {
    error_code: refusal?.code ?? null,
    error_title: refusal?.title ?? null,
    error_details: refusal?.details ?? null,
  };
}
