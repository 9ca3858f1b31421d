import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { columnsBut, type WrittenRow } from "#db/raw-sql/written-columns.server.ts";
import { mediaViews } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { joinViews } from "./joined-views.ts";

const VIEW = columnsBut(mediaViews, ["companyId", "id", "viewedAt"]);

/** What a person had of a file since the last view of the same tap was written. */
export interface MediaView extends WrittenRow<typeof VIEW> {
  /** The whole file's length in bytes; null when WhatsApp didn't tell. */
  fileSize: number | null;
}

const isSeen = sql.raw("in ('likely', 'shown', 'saved')");

/**
 * Writes views down, those of one tap in one row, and notes at the file's messages what they didn't
 * know: that somebody has seen it, or has not after all, and how long it is. A file that was
 * forwarded to us is one file, whichever message it was opened from, and whether it is the message's
 * own or one of a form.
 *
 * @throws when one of them is of another company's message or user; then none is written
 */
export async function recordMediaViews(
  { db, companyId }: CompanyScope,
  all: readonly MediaView[],
): Promise<void> {
  const views = joinViews(all);
  const sizes = sql.param(views.map(({ fileSize }) => fileSize));
  // The lock is no stronger than the update's own, so that the foreign keys of others' views don't
  // wait for it; in the order of ids, so that two batches can't wait for each other.
  await rows(
    db,
    sql`with v as (
        select * from unnest(${VIEW.arrays(views)}, ${sizes}::bigint[]) v(${VIEW.values()}, file_size)
      ), written as (
        insert into media_views as w (company_id, ${VIEW.names})
        select ${companyId}::bigint, ${VIEW.values()} from v
        on conflict (company_id, user_id, media_id, tap) where tap is not null do update set
          status = case w.requests when 0 then excluded.status else w.status end,
          requests = w.requests + excluded.requests,
          bytes = w.bytes + excluded.bytes,
          outcome = case w.outcome when 'complete' then w.outcome else excluded.outcome end,
          seen = case
            when w.seen = 'saved' or excluded.seen is null then w.seen
            when excluded.seen = 'likely' then coalesce(w.seen, excluded.seen)
            else excluded.seen end
        returning id, media_id, seen, viewed_at
      ), known as (
        select written.media_id, coalesce(bool_or(written.seen ${isSeen}), false) as seen,
          min(written.viewed_at) filter (where written.seen = 'not-shown') as unseen_since,
          array_agg(written.id) as ids, max(v.file_size) as size
        from written join v on v."mediaId" = written.media_id
        group by 1
      ), noted as (
        select known.*, case when known.seen then now() else (
            select min(o.viewed_at) from media_views o
            where known.unseen_since is not null and o.company_id = ${companyId}::bigint
              and o.message_id in (
                select m.id from messages m
                where m.company_id = ${companyId}::bigint and m.media_id = known.media_id
                union all
                select f.message_id from message_files f
                where f.company_id = ${companyId}::bigint and f.media_id = known.media_id
              ) and o.media_id = known.media_id and o.seen ${isSeen} and o.id <> all(known.ids)
          ) end as seen_at
        from known
      ), changed as (
        select m.id, ${seenAt(sql`m.media_viewed_at`)} as viewed_at, noted.size
        from noted
        join messages m on m.company_id = ${companyId}::bigint and m.media_id = noted.media_id
        where ${isNews(sql`m.media_viewed_at`, sql`m.media_size`)}
        order by m.id
        for no key update of m
      ), changed_files as (
        select f.message_id, f.position, ${seenAt(sql`f.viewed_at`)} as viewed_at, noted.size
        from noted
        join message_files f
          on f.company_id = ${companyId}::bigint and f.media_id = noted.media_id
        where ${isNews(sql`f.viewed_at`, sql`f.size`)}
        order by f.message_id, f.position
        for no key update of f
      ), of_forms as (
        update message_files f set
          viewed_at = changed_files.viewed_at,
          size = coalesce(changed_files.size, f.size)
        from changed_files
        where f.company_id = ${companyId}::bigint and f.message_id = changed_files.message_id
          and f.position = changed_files.position
      )
      update messages m set
        media_viewed_at = changed.viewed_at,
        media_size = coalesce(changed.size, m.media_size)
      from changed
      where m.company_id = ${companyId}::bigint and m.id = changed.id`,
  );
}

/** Until now it was `viewedAt`, which stays unless a view that it came from was none. */
function seenAt(viewedAt: SQL): SQL {
  const isUndone = sql`not noted.seen and ${viewedAt} >= noted.unseen_since`;
  return sql`case when ${isUndone} then noted.seen_at
    when noted.seen then coalesce(${viewedAt}, noted.seen_at) else ${viewedAt} end`;
}

function isNews(viewedAt: SQL, size: SQL): SQL {
  return sql`((noted.seen and ${viewedAt} is null)
    or (not noted.seen and ${viewedAt} >= noted.unseen_since)
    or ${size} is distinct from coalesce(noted.size, ${size}))`;
}
