import { pipeline, Readable } from "node:stream";
import type { AppLoadContext } from "@remix-run/node";
import { findViewer, requireAdmin } from "#app/auth/viewer.server.ts";
import { clientAddress, disconnectSignal } from "#app/http/load-context.ts";
import { pipedResponse } from "#app/http/piped-response.ts";
import { plainText } from "#app/http/plain-text.ts";
import { recordAuditEvent } from "#app/models/audit/audit-events.server.ts";
import { allAuditEntries } from "#app/models/audit/audit-log.server.ts";
import { listAuditPeople } from "#app/models/audit/audit-people.server.ts";
import { errorDetails } from "#app/process/error-details.ts";
import { log } from "#app/process/log.server.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { isoDay } from "#app/ui/words/dates.ts";
import { auditCsv } from "./audit-csv.server.ts";
import { readAuditFilter } from "./audit-filter.server.ts";

/**
 * All of the audit log that the filter in a request's address lets through, as a CSV file for an
 * admin. That it was taken is written down, too.
 *
 * @returns 400 for a filter that can't be read
 * @throws as requireAdmin does
 */
export async function exportAuditLog(request: Request, context: AppLoadContext): Promise<Response> {
  const { id, scope } = await requireAdmin(request, context);
  const people = await listAuditPeople(scope);
  const search = new URL(request.url).searchParams;
  const { fields, filter, problems } = readAuditFilter(search, { people, timeZone });
  if (problems.length > 0) return plainText(400, `${problems.join("\n")}\n`);

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
