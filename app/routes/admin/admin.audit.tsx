import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { KIND_GROUPS, readAuditFilter } from "#app/admin/audit-filter.server.ts";
import { requireAdmin } from "#app/auth/viewer.server.ts";
import { AUDIT_EVENT_KINDS } from "#app/models/audit/audit-events.server.ts";
import { listAuditLog } from "#app/models/audit/audit-log.server.ts";
import { listAuditPeople } from "#app/models/audit/audit-people.server.ts";
import { formatAuditPosition } from "#app/models/audit/audit-position.server.ts";
import { env } from "#app/process/env.server.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { AuditFilterForm } from "#app/ui/admin/audit-filter-form.tsx";
import { AuditList } from "#app/ui/admin/audit-list.tsx";

const TITLE = "Audit log";
const PAGE_LENGTH = 50;

const WORDS: Record<string, string> = AUDIT_EVENT_KINDS;
const CHOICES = Object.entries(KIND_GROUPS).map(([value, { title, kinds }]) => ({
  value,
  title,
  kinds: kinds.flatMap((kind) => (WORDS[kind] ? [{ value: kind, title: WORDS[kind] }] : [])),
}));

export const meta: MetaFunction = () => [{ title: `${TITLE} · Tapview` }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { scope } = await requireAdmin(request, context);
  const people = await listAuditPeople(scope);
  const search = new URL(request.url).searchParams;
  const { fields, filter, after, problems } = readAuditFilter(search, { people, timeZone });
  const page =
    problems.length === 0 && (await listAuditLog(scope, filter, { length: PAGE_LENGTH, after }));
  const { entries, more } = page || { entries: [], more: null };
  return data(
    {
      entries: entries.map((entry) => ({ ...entry, words: WORDS[entry.kind] ?? entry.kind })),
      more: more && formatAuditPosition(more),
      isFirst: after === undefined,
      fields,
      problems,
      people,
      choices: CHOICES,
      timeZone,
      retentionDays: env.AUDIT_RETENTION_DAYS,
    },
    { status: page ? 200 : 400 },
  );
}

export default function AuditPage() {
  const { entries, more, isFirst, fields, problems, people, choices, timeZone, retentionDays } =
    useLoaderData<typeof loader>();
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ""));
  return (
    <>
      <header className="px-4">
        <h1 className="text-lg strong">{TITLE}</h1>
        <p className="muted text-sm">
          Who viewed which file, who signed in, and who changed what, kept for {retentionDays} days.
          Times and dates are those of {timeZone}.
        </p>
      </header>
      <AuditFilterForm {...{ fields, problems, people, choices }} />
      {entries.length > 0 && <AuditList entries={entries} timeZone={timeZone} />}
      {entries.length === 0 && problems.length === 0 && (
        <p className="muted px-4">
          {isFirst ? "Nothing of this kind was written down." : "There is nothing older."}
        </p>
      )}
      <nav aria-label="Pages" className="flex flex-wrap gap-2 px-2">
        {!isFirst && (
          <Link to={`/admin/audit?${query}`} className="quiet">
            First page
          </Link>
        )}
        {more !== null && (
          <Link
            to={`/admin/audit?${new URLSearchParams([...query, ["after", more]])}`}
            className="quiet"
          >
            Older
          </Link>
        )}
        {problems.length === 0 && (
          <a href={`/admin/audit.csv?${query}`} className="quiet">
            Download all as CSV
          </a>
        )}
      </nav>
    </>
  );
}
