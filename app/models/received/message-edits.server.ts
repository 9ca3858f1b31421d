import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import type { WrittenRow } from "#db/raw-sql/written-columns.server.ts";
import { messageFiles, messages } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type Edit, type EditedMessage, editedMessage } from "./edited-message.ts";
import { CONTENT } from "./message-content.server.ts";
import { REACTION, REVOKE } from "./received.ts";

/**
 * Looks for edits that have not been carried out, of messages that are here. An edit that can't be
 * shown is none of them: it stays beside the message as it was.
 *
 * @returns done: the ids of those that are no lines of their own any more
 */
export async function findEdits(
  { db, companyId }: CompanyScope,
  accountId: number,
  targets: readonly string[],
): Promise<{ edited: EditedMessage[]; done: number[] }> {
  const found = await rows(
    db,
    FOUND,
    sql`
      select ${FOUND.list} from ${messages} e
      join ${messages} m on m.company_id = ${companyId} and m.account_id = ${accountId}
        and m.wamid = e.target_wamid and m.direction = e.direction
      where e.company_id = ${companyId} and e.account_id = ${accountId}
        and e.${anyOf(sql`target_wamid`, targets)} and not e.hidden
        and e.type not in (${REACTION}, ${REVOKE}, 'unsupported')
      order by e.sent_at, e.id`,
  );
  const edited = new Map(found.map((row) => [row.id, row]));
  const all = [...edited.values()].map((message) =>
    outcomeOf(message, found.filter(({ id }) => id === message.id).map(toEdit)),
  );
  return {
    edited: all.filter(({ isRevoked, done }) => !isRevoked && done.length > 0),
    done: all.flatMap(({ done }) => done),
  };
}

const m = alias(messages, "m");
const e = alias(messages, "e");

const FOUND = selection({
  id: m.id,
  type: m.type,
  editedAt: m.editedAt,
  mediaEditedAt: m.mediaEditedAt,
  isRevoked: sql<boolean>`${m.revokedAt} is not null`,
  files: filesOf("m"),
  editId: e.id,
  editType: e.type,
  sentAt: e.sentAt,
  namesFile: sql<boolean>`${e.mediaId} is not null`,
  editFiles: filesOf("e"),
});

type Found = RowOf<typeof FOUND>;

function filesOf(message: "m" | "e") {
  const { companyId, id } = alias(messages, message);
  return sql<number>`(
    select count(*)::int from ${messageFiles} f where f.company_id = ${companyId} and f.message_id = ${id})`;
}

function toEdit({ editId: id, editType: type, sentAt, namesFile, editFiles: files }: Found): Edit {
  return { id, type, sentAt, namesFile, files };
}

function outcomeOf(message: Found, edits: Edit[]) {
  const { isRevoked, id } = message;
  if (!isRevoked) return { isRevoked, ...editedMessage(message, edits) };
  return { isRevoked, id, words: id, file: null, done: edits.map((edit) => edit.id) };
}

/** What an edit changes of a message `m`: it takes the words of `w` and the file of `f`, if there is one. */
const CHANGED: Record<Exclude<keyof WrittenRow<typeof CONTENT>, Kept>, string> = {
  body: "case when f.id is null then w.body end",
  payload: "case when f.id is null then w.payload end",
  errorCode: "case when f.id is null then w.error_code else f.error_code end",
  errorTitle: "case when f.id is null then w.error_title else f.error_title end",
  mediaCaption: "coalesce(w.media_caption, case when f.id is not null then w.body end)",
  mediaId: "f.media_id",
  mediaMimeType: ofFile("media_mime_type"),
  mediaSha256: ofFile("media_sha256"),
  // A form has the names of its files there.
  mediaFilename: `case when f.id is null then w.media_filename else ${ofFile("media_filename")} end`,
  mediaVoice: ofFile("media_voice"),
  mediaSize: ofFile("media_size"),
  mediaViewedAt: ofFile("media_viewed_at"),
  mediaEditedAt:
    "case when f.id <> m.id and f.media_id is not null then f.sent_at else m.media_edited_at end",
};

/** What stays as it was. */
type Kept = "referral" | "mediaUrl" | "mediaType";

/** The same file may have been named again, with less. */
function ofFile(column: string): string {
  return `case when f.media_id = m.media_id then coalesce(m.${column}, f.${column}) else f.${column} end`;
}

const CHANGES = sql.raw(
  [
    "type = coalesce(f.type, w.type)",
    "edited_at = case when w.id = m.id then m.edited_at else w.sent_at end",
    ...CONTENT.columns.flatMap(({ key, name }) => {
      const changed = CHANGED[key as keyof typeof CHANGED];
      return changed ? [`${name} = ${changed}`] : [];
    }),
  ].join(", "),
);

/** Gives messages the words and files that their edits have, or moves there the files of a form. */
export async function carryOutEdits(
  { db, companyId }: CompanyScope,
  edited: readonly EditedMessage[],
): Promise<void> {
  if (edited.length === 0) return;
  const input = sql`jsonb_to_recordset(${JSON.stringify(edited)}::jsonb)
    as input (id bigint, words bigint, file bigint)`;
  await rows(
    db,
    sql`
      update ${messages} m set ${CHANGES}
      from ${input}
      join ${messages} w on w.company_id = ${companyId} and w.id = input.words
      left join ${messages} f on f.company_id = ${companyId} and f.id = input.file
      where m.company_id = ${companyId} and m.id = input.id`,
  );
  await rows(
    db,
    sql`
      update ${messageFiles} file set message_id = input.id from ${input}
      where file.company_id = ${companyId} and file.message_id = input.words
        and input.words <> input.id`,
  );
}
