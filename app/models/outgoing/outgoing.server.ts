import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { orNull, selection } from "#db/raw-sql/selection.server.ts";
import { columnsOf, type WrittenRow } from "#db/raw-sql/written-columns.server.ts";
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
  const row = { ...messageRow(message), ...statusRow(failure ? FAILED : SENDING, failure) };
  const at = sql`${now.toISOString()}::timestamptz`;
  const [added] = await rows(
    db,
    ADDED,
    sql`
      with input as (
        select * from jsonb_to_record(${JSON.stringify(row)}::jsonb) as input (
          ${MESSAGE.definitions}, ${STATUS.definitions})
      ), locked as materialized (
        select company_id, account_id, id from ${conversations}
        where company_id = ${companyId} and id = ${message.conversationId} for no key update
      ), claimed as (
        insert into ${messageStatuses} (company_id, account_id, wamid, rank, at, ${STATUS.names})
        select company_id, account_id, wamid, 0, ${at}, ${STATUS.values()}
        from locked, input
        on conflict do nothing
        returning wamid
      ), inserted as (
        insert into ${messages}
          (company_id, account_id, conversation_id, direction, sent_at, ${MESSAGE.names})
        select company_id, account_id, locked.id, 'outbound', ${at}, ${MESSAGE.values("input")}
        from locked, input join claimed on claimed.wamid = input.wamid
        returning id
      ), touched as (
        update ${conversations} c set last_message_at = greatest(c.last_message_at, ${at})
        from locked, inserted where c.company_id = locked.company_id and c.id = locked.id
      )
      select ${ADDED.list} from (select count(*)::int as found from locked) locked
      left join inserted on true`,
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
  const { errorCode, errorTitle, errorDetails } = statusRow(FAILED, refusal);
  await rows(
    db,
    sql`
      update ${messageStatuses} set status = ${refusal ? FAILED : UNCONFIRMED},
        error_code = ${errorCode}::int, error_title = ${errorTitle}::text,
        error_details = ${errorDetails}::text
      where company_id = ${companyId} and account_id = ${accountId}
        and wamid = ${localWamid(key)} and recipient = '' and status = ${SENDING}`,
  );
}

const ADDED = selection({
  found: sql<number>`locked.found`,
  id: orNull(alias(messages, "inserted").id),
});

const MESSAGE = columnsOf(messages, [
  "wamid",
  "sentByUserId",
  "type",
  "body",
  "replyToWamid",
  "mediaId",
  "mediaMimeType",
  "mediaCaption",
  "mediaFilename",
  "mediaSha256",
  "mediaSize",
]);
const STATUS = columnsOf(messageStatuses, ["status", "errorCode", "errorTitle", "errorDetails"]);

function messageRow(message: NewOutgoing): WrittenRow<typeof MESSAGE> {
  const { key, sentByUserId, type, body, replyToWamid, file } = message;
  return {
    wamid: localWamid(key),
    sentByUserId,
    type,
    body,
    replyToWamid,
    mediaId: file?.mediaId ?? null,
    mediaMimeType: file?.mimeType ?? null,
    mediaCaption: file?.caption ?? null,
    mediaFilename: file?.filename ?? null,
    mediaSha256: file?.sha256 ?? null,
    mediaSize: file?.size ?? null,
  };
}

function statusRow(status: string, refusal: Refusal | undefined): WrittenRow<typeof STATUS> {
  const { code = null, title = null, details = null } = refusal ?? {};
  return { status, errorCode: code, errorTitle: title, errorDetails: details };
}
