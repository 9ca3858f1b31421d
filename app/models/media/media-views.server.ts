import { sql } from "drizzle-orm";
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
 * forwarded to us is one file, whichever message it was opened from.
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
        select written.media_id, bool_or(written.seen ${isSeen}) as seen,
          min(written.viewed_at) filter (where written.seen = 'not-shown') as unseen_since,
          array_agg(written.id) as ids, max(v.file_size) as size
        from written join v on v."mediaId" = written.media_id
        group by 1
      ), changed as (
        select m.id, known.size, case
          when known.seen then coalesce(m.media_viewed_at, now())
          when m.media_viewed_at < known.unseen_since or known.unseen_since is null
            then m.media_viewed_at
          else (
            select min(o.viewed_at) from media_views o
            where o.company_id = ${companyId}::bigint and o.message_id in (
                select f.id from messages f
                where f.company_id = ${companyId}::bigint and f.media_id = known.media_id
              ) and o.seen ${isSeen} and o.id <> all(known.ids))
          end as viewed_at
        from known
        join messages m on m.company_id = ${companyId}::bigint and m.media_id = known.media_id
        where (known.seen and m.media_viewed_at is null)
          or m.media_viewed_at >= known.unseen_since
          or m.media_size is distinct from coalesce(known.size, m.media_size)
        order by m.id
        for no key update of m
      )
      update messages m set
        media_viewed_at = changed.viewed_at,
        media_size = coalesce(changed.size, m.media_size)
      from changed
      where m.company_id = ${companyId}::bigint and m.id = changed.id`,
  );
}
