import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { contacts, conversations, messageFiles, messages, whatsappAccounts } from "#db/schema.ts";
import { contactName } from "../contacts/contact-name.server.ts";
import { mediaTypes } from "../media/media-types.server.ts";
import type { MediaKind } from "../message-kind.ts";
import type { CompanyScope } from "../scope.server.ts";

const PAGE_LENGTH = 50;
/** One more tells that there is another page. */
const LIMIT = sql.raw(String(PAGE_LENGTH + 1));
const LARGEST_ID = sql.raw("9223372036854775807");

/** A customer's file that WhatsApp still has, and that nobody has opened. */
export interface UnopenedFile {
  messageId: number;
  /** Which of a form's files it is; 0 for the message's own. */
  position: number;
  conversationId: number;
  contactName: string;
  accountName: string;
  kind: MediaKind;
  voice: boolean;
  filename: string | null;
  caption: string | null;
  receivedAt: Date;
  /** When WhatsApp deletes it. */
  expiresAt: Date;
}

/** A file as the place where a page ends. */
export type FilePlace = Pick<UnopenedFile, "messageId" | "position">;

/**
 * The files that nobody has opened, the first to expire first, 50 at a time.
 *
 * @param page accountIds: of the numbers whose files the reader may see, or of some of them; after:
 *   what `more` of the page before it told; of an unknown one, or one that has expired, the first page
 * @returns more: the last file's place; null where this is the last page
 */
export async function listUnopenedFiles(
  { db, companyId }: CompanyScope,
  page: { accountIds: readonly number[]; after: FilePlace | undefined; now: Date },
): Promise<{ files: UnopenedFile[]; more: FilePlace | null }> {
  const { accountIds, after = { messageId: 0, position: 0 } } = page;
  const now = page.now.toISOString();
  // Each number keeps its files for a time of its own, so each is read from its own place on.
  const found = await rows(
    db,
    FILE,
    sql`with a as (
        select company_id, id, ${whatsappAccounts.name} as account_name, media_retention_hours * interval '1 hour' as retention
        from ${whatsappAccounts}
        where company_id = ${companyId}::bigint and id = any(${sql.param(accountIds)}::bigint[])
      ), place as (
        select m.created_at + a.retention as expires_at, m.id, ${after.position}::bigint as position
        from ${messages} m join a on a.company_id = m.company_id and a.id = m.account_id
        where m.company_id = ${companyId}::bigint and m.id = ${after.messageId}::bigint
          and m.created_at + a.retention > ${now}::timestamptz
        union all
        select ${now}::timestamptz, ${LARGEST_ID}, 0
        order by 1 desc limit 1
      ), f as (
        select f.*, f.created_at + a.retention as expires_at, a.account_name
        from place, a, lateral (
          (select m.company_id, m.id, 0 as position, m.conversation_id, m.type, m.media_voice,
            m.media_filename, m.media_caption, m.created_at
          from ${messages} m
          where ${isUnopened} and (m.created_at, m.id) > (place.expires_at - a.retention, place.id)
          order by m.created_at, m.id
          limit ${LIMIT})
          union all
          (select m.company_id, m.id, form.position, m.conversation_id, form.kind, false,
            form.filename, null, form.created_at
          from ${messageFiles} form
          join ${messages} m on m.company_id = form.company_id and m.id = form.message_id
          where ${isUnopenedInForm} and (form.created_at, form.message_id, form.position)
            > (place.expires_at - a.retention, place.id, place.position)
          order by form.created_at, form.message_id, form.position
          limit ${LIMIT})
        ) f
        order by expires_at, f.id, f.position
        limit ${LIMIT}
      )
      select ${FILE.list}
      from f
      join ${conversations} c on c.company_id = f.company_id and c.id = f.conversation_id
      join ${contacts} on ${contacts.companyId} = c.company_id and ${contacts.id} = c.contact_id
      order by f.expires_at, f.id, f.position`,
  );
  const files = found.slice(0, PAGE_LENGTH).map(toFile);
  const isLast = found.length <= PAGE_LENGTH;
  const last = isLast ? undefined : files.at(-1);
  return { files, more: last ? { messageId: last.messageId, position: last.position } : null };
}

/** Of the message `m` and its account `a`; but for the last line, what messages_media_unviewed_index holds. */
const isUnopened = sql`m.company_id = a.company_id and m.account_id = a.id
  and m.media_id is not null and m.media_viewed_at is null and m.direction = 'inbound'
  and m.type in ${mediaTypes} and not m.hidden`;

/** The same of a form's file `form`, its message `m` and their account `a`, by message_files_unviewed_index. */
const isUnopenedInForm = sql`form.company_id = a.company_id and form.account_id = a.id
  and form.viewed_at is null and m.direction = 'inbound' and not m.hidden`;

/** How many of the account `a` expire within a day, counted to 10, because every page asks. */
export const expiringFiles = sql`(
  select count(*) from (
    (select from ${messages} m where ${isUnopened} and ${expiresSoon("m")} limit 10)
    union all
    (select from ${messageFiles} form
    join ${messages} m on m.company_id = form.company_id and m.id = form.message_id
    where ${isUnopenedInForm} and ${expiresSoon("form")}
    limit 10)
    limit 10
  ) expiring)`;

function expiresSoon(row: "m" | "form"): SQL {
  const createdAt = sql.raw(`${row}.created_at`);
  return sql`${createdAt} > now() - a.media_retention_hours * interval '1 hour'
    and ${createdAt} <= now() - (a.media_retention_hours - 24) * interval '1 hour'`;
}

const f = alias(messages, "f");

const FILE = selection({
  messageId: f.id,
  position: sql<number>`f.position`,
  conversationId: f.conversationId,
  contactName: contactName(contacts),
  accountName: sql<(typeof whatsappAccounts.$inferSelect)["name"]>`f.account_name`,
  kind: sql<MediaKind>`${f.type}`,
  voice: sql<boolean>`coalesce(${f.mediaVoice}, false)`,
  filename: f.mediaFilename,
  caption: f.mediaCaption,
  receivedAt: f.createdAt,
  expiresAt: sql<number>`(extract(epoch from f.expires_at) * 1000)::float8`,
});

function toFile({ receivedAt, expiresAt, ...file }: RowOf<typeof FILE>): UnopenedFile {
  return { ...file, receivedAt: new Date(receivedAt), expiresAt: new Date(expiresAt) };
}
