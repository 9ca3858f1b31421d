import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { jsonOrNull, type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import {
  auditEvents,
  mediaViews,
  messageFiles,
  messages,
  users,
  whatsappAccounts,
} from "#db/schema.ts";
import { microsOf } from "../list-position.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type AuditPosition, rowAfter } from "./audit-position.server.ts";

/** The kind of a media view, among the kinds of AUDIT_EVENT_KINDS. */
export const VIEW_KIND = "media.viewed";

export interface AuditFilter {
  /** Kinds of AUDIT_EVENT_KINDS, and VIEW_KIND; left out: all. */
  kinds?: readonly string[] | undefined;
  /** Who did it, or whom it was done to. */
  personId?: number | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  until?: Date | undefined;
}

export interface AuditPerson {
  id: number;
  name: string;
  email: string;
}

/** One line of the audit log: a fetch of a file, or an event. */
export interface AuditEntry {
  source: "view" | "event";
  /** Unique among those of its source. */
  id: number;
  at: Date;
  /** As it was written: another version may know kinds that this one doesn't. */
  kind: string;
  /** Null for the server's shell, and for somebody who was not signed in. */
  actor: AuditPerson | null;
  subject: AuditPerson | null;
  account: { id: number; name: string } | null;
  /** What was fetched, and how that ended; null for an event. */
  file: AuditedFile | null;
  details: Record<string, string | number | boolean | null> | null;
  /** The IP address that the request came from. */
  address: string | null;
}

export interface AuditedFile {
  messageId: number;
  conversationId: number;
  mediaId: string;
  /** The message's type, as WhatsApp names it, or the kind of a form's file. */
  type: string;
  voice: boolean;
  /** HTTP, as the person got it. */
  status: number;
  bytes: number;
  /** How many parts of the file were asked for by the tap. */
  requests: number;
  /** TransferOutcome of app/media/flow/transfer.ts. */
  outcome: string;
  /** Whether the person saw it, as far as that is known. */
  seen: (typeof mediaViews.$inferSelect)["seen"];
}

/**
 * A page of who viewed which file and who changed what, the latest first. Nothing of a message but
 * its ids and its type; people also when they are deactivated.
 *
 * @param page after: what `more` of the page before it told
 * @returns more: null where this is the last page
 */
export async function listAuditLog(
  { db, companyId }: CompanyScope,
  filter: AuditFilter,
  page: { length: number; after?: AuditPosition | undefined },
): Promise<{ entries: AuditEntry[]; more: AuditPosition | null }> {
  // One more tells that there is another page.
  const limit = sql.raw(`limit ${page.length + 1}`);
  const scans = [
    wants(filter, "view") && viewScan(companyId, filter, page.after, limit),
    wants(filter, "event") && eventScan(companyId, filter, page.after, limit),
  ].filter((scan) => scan !== false);
  const found = await rows(
    db,
    ENTRY,
    sql`with l as (
        select * from (${sql.join(scans, sql` union all `)}) scan
        order by at desc, source desc, id desc ${limit}
      )
      select ${ENTRY.list}
      from l
      left join ${users} actor on actor.company_id = ${companyId}::bigint and actor.id = l.actor_id
      left join ${users} subject
        on subject.company_id = ${companyId}::bigint and subject.id = l.subject_id
      left join ${messages} m on m.company_id = ${companyId}::bigint and m.id = l.message_id
      left join ${messageFiles} form
        on form.company_id = ${companyId}::bigint and form.message_id = l.message_id
        and form.media_id = l.media_id
      left join ${whatsappAccounts} a
        on a.company_id = ${companyId}::bigint and a.id = coalesce(l.account_id, m.account_id)
      order by l.at desc, l.source desc, l.id desc`,
  );
  const listed = found.slice(0, page.length);
  const isLast = found.length <= page.length;
  return { entries: listed.map(toEntry), more: (!isLast && listed.at(-1)) || null };
}

/**
 * All of it, read in parts while it is taken: memory holds one part.
 *
 * @param mayGoOn asked before each further part
 * @throws when it may not
 */
export async function* allAuditEntries(
  scope: CompanyScope,
  filter: AuditFilter,
  mayGoOn: () => Promise<boolean>,
  rowsPerPart = 1_000,
): AsyncGenerator<AuditEntry> {
  for (let after: AuditPosition | undefined; ; ) {
    const { entries, more } = await listAuditLog(scope, filter, { length: rowsPerPart, after });
    yield* entries;
    if (more === null) return;
    if (!(await mayGoOn())) throw new Error("Its reader may no longer read the audit log.");
    after = more;
  }
}

/** Each scan reads no further than a page needs, in its own index's order. */
function viewScan(
  companyId: number,
  filter: AuditFilter,
  after: AuditPosition | undefined,
  limit: SQL,
): SQL {
  const { personId } = filter;
  return sql`(
    select 'view' as source, v.id, v.viewed_at as at, ${VIEW_KIND} as kind, v.user_id as actor_id,
      null::bigint as subject_id, null::bigint as account_id, null::jsonb as details,
      null::text as address, v.message_id, v.media_id, v.status, v.bytes, v.requests,
      v.outcome, v.seen
    from ${mediaViews} v
    where v.company_id = ${companyId}::bigint
      and (v.viewed_at, v.id) < ${rowAfter("view", after)}
      ${between(sql`v.viewed_at`, filter)}
      ${personId === undefined ? sql`` : sql`and v.user_id = ${personId}::bigint`}
    order by v.viewed_at desc nulls last, v.id desc nulls last ${limit})`;
}

function eventScan(
  companyId: number,
  filter: AuditFilter,
  after: AuditPosition | undefined,
  limit: SQL,
): SQL {
  const { kinds, personId } = filter;
  return sql`(
    select 'event' as source, e.id, e.at, e.kind, e.actor_user_id as actor_id,
      e.subject_user_id as subject_id, e.subject_account_id as account_id, e.details, e.address,
      null::bigint as message_id, null::text as media_id, null::int as status,
      null::bigint as bytes, null::int as requests, null::text as outcome, null::text as seen
    from ${auditEvents} e
    where e.company_id = ${companyId}::bigint and (e.at, e.id) < ${rowAfter("event", after)}
      ${between(sql`e.at`, filter)}
      ${kinds ? sql`and e.kind = any(${sql.param(kinds)}::text[])` : sql``}
      ${personId === undefined ? sql`` : sql`and ${personId}::bigint in (e.actor_user_id, e.subject_user_id)`}
    order by e.at desc nulls last, e.id desc nulls last ${limit})`;
}

function wants({ kinds }: AuditFilter, source: AuditEntry["source"]): boolean {
  return kinds?.some((kind) => (kind === VIEW_KIND) === (source === "view")) ?? true;
}

function between(time: SQL, { from, until }: AuditFilter): SQL {
  return sql`${from ? sql`and ${time} >= ${from.toISOString()}::timestamptz` : sql``}
    ${until ? sql`and ${time} < ${until.toISOString()}::timestamptz` : sql``}`;
}

/** Of both sources, as the scans have them under the events' names. */
const l = alias(auditEvents, "l");
const view = alias(mediaViews, "l");
const m = alias(messages, "m");
const a = alias(whatsappAccounts, "a");

const FILE = selection({
  messageId: m.id,
  conversationId: m.conversationId,
  mediaId: view.mediaId,
  type: sql<string>`coalesce(form.kind, ${m.type})`,
  voice: sql<boolean>`coalesce(${m.mediaVoice}, false)`,
  status: view.status,
  bytes: view.bytes,
  requests: view.requests,
  outcome: view.outcome,
  seen: view.seen,
});

const ENTRY = selection({
  source: sql<AuditEntry["source"]>`l.source`,
  id: l.id,
  micros: microsOf(l.at),
  kind: l.kind,
  actor: person("actor"),
  subject: person("subject"),
  account: jsonOrNull(a.id, selection({ id: a.id, name: a.name })),
  file: jsonOrNull(m.id, FILE),
  details: l.details,
  address: l.address,
});

function person(name: string) {
  const user = alias(users, name);
  return jsonOrNull(user.id, selection({ id: user.id, name: user.name, email: user.email }));
}

function toEntry({ micros, ...entry }: RowOf<typeof ENTRY>): AuditEntry {
  return { ...entry, at: new Date(micros / 1000) };
}
