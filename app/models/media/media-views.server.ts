import { sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { columnsBut, type WrittenRow } from "#db/raw-sql/written-columns.server.ts";
import { mediaViews } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";

const VIEW = columnsBut(mediaViews, ["companyId", "id", "viewedAt"]);

/** One fetch of a file by a person. */
export interface MediaView extends WrittenRow<typeof VIEW> {
  /** Whether the person has seen the file by it. */
  seen: boolean;
  /** The whole file's length in bytes; null when WhatsApp didn't tell. */
  fileSize: number | null;
}

/**
 * Writes fetches down, and notes at the file's messages what they didn't know: that somebody has
 * seen it, and how long it is. A file that was forwarded to us is one file, whichever message it
 * was opened from, and whether it is the message's own or one of a form.
 *
 * @throws when one of them is of another company's message or user; then none is written
 */
export async function recordMediaViews(
  { db, companyId }: CompanyScope,
  views: readonly MediaView[],
): Promise<void> {
  // postgres.js takes an array of booleans for a boolean.
  const seen = sql.param(views.map((view) => Number(view.seen)));
  const sizes = sql.param(views.map(({ fileSize }) => fileSize));
  // The lock is no stronger than the update's own, so that the foreign keys of others' views don't
  // wait for it; in the order of ids, so that two batches can't wait for each other.
  await rows(
    db,
    sql`with v as (
        select * from unnest(
          ${VIEW.arrays(views)}, ${seen}::int[], ${sizes}::bigint[]
        ) v(${VIEW.values()}, seen, file_size)
      ), written as (
        insert into media_views (company_id, ${VIEW.names})
        select ${companyId}::bigint, ${VIEW.values()} from v
      ), known as (
        select "mediaId" as media_id, max(seen) = 1 as seen, max(file_size) as size
        from v group by 1
      ), changed as (
        select m.id, known.seen, known.size
        from known
        join messages m on m.company_id = ${companyId}::bigint and m.media_id = known.media_id
        where (known.seen and m.media_viewed_at is null)
          or m.media_size is distinct from coalesce(known.size, m.media_size)
        order by m.id
        for no key update of m
      ), changed_files as (
        select f.message_id, f.position, known.seen, known.size
        from known
        join message_files f
          on f.company_id = ${companyId}::bigint and f.media_id = known.media_id
        where (known.seen and f.viewed_at is null)
          or f.size is distinct from coalesce(known.size, f.size)
        order by f.message_id, f.position
        for no key update of f
      ), of_forms as (
        update message_files f set
          viewed_at = coalesce(f.viewed_at, case when changed_files.seen then now() end),
          size = coalesce(changed_files.size, f.size)
        from changed_files
        where f.company_id = ${companyId}::bigint and f.message_id = changed_files.message_id
          and f.position = changed_files.position
      )
      update messages m set
        media_viewed_at = coalesce(m.media_viewed_at, case when changed.seen then now() end),
        media_size = coalesce(changed.size, m.media_size)
      from changed
      where m.company_id = ${companyId}::bigint and m.id = changed.id`,
  );
}
