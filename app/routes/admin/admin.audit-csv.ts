import { pipeline, Readable } from "node:stream";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { auditCsv } from "#app/admin/audit-csv.server.ts";
import { readAuditFilter } from "#app/admin/audit-filter.server.ts";
import { findViewer, requireAdmin } from "#app/auth/viewer.server.ts";
import { clientAddress, disconnectSignal } from "#app/http/load-context.ts";
import { pipedResponse } from "#app/http/piped-response.ts";
import { recordAuditEvent } from "#app/models/audit/audit-events.server.ts";
import { allAuditEntries } from "#app/models/audit/audit-log.server.ts";
import { listAuditPeople } from "#app/models/audit/audit-people.server.ts";
import { errorDetails } from "#app/process/error-details.ts";
import { log } from "#app/process/log.server.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { isoDay } from "#app/ui/words/dates.ts";

/** All of the audit log that a filter lets through, as a CSV file. That it was taken is written down, too. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const { id, scope } = await requireAdmin(request, context);
  const people = await listAuditPeople(scope);
  const search = new URL(request.url).searchParams;
  const { fields, filter, problems } = readAuditFilter(search, { people, timeZone });
  if (problems.length > 0) return badFilter(problems);

  const headers = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="audit-${isoDay(new Date(), timeZone)}.csv"`,
    "Cache-Control": "no-store",
  };
  const signal = disconnectSignal(context, request);
  if (request.method === "HEAD" || signal.aborted) return new Response(null, { headers });
  await recordAuditEvent(scope, {
    kind: "audit.exported",
    actorUserId: id,
    details: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")),
    address: clientAddress(context) || undefined,
  });
  // A download may take longer than its reader stays an admin.
  const mayGoOn = async () => (await findViewer(request))?.role === "admin";
  const csv = auditCsv(allAuditEntries(scope, filter, mayGoOn), signal);
  return pipedResponse(
    context,
    { headers },
    {
      pipe: (res) =>
        pipeline(csv, res, (error) => {
          if (error && !signal.aborted) {
            log.error({ event: "audit.export_failed", ...errorDetails(error) });
          }
        }),
      stream: () => Readable.toWeb(csv) as ReadableStream<Uint8Array>,
    },
  );
}

function badFilter(problems: string[]): Response {
  return new Response(`${problems.join("\n")}\n`, {
    status: 400,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
