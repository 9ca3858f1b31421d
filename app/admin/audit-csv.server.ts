import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify";
import type { AuditEntry } from "#app/models/audit/audit-log.server.ts";

type Cell = string | number | null | undefined;

/** The names are for programs: they stay as they are. Times are in UTC. */
const COLUMNS: Record<string, (entry: AuditEntry) => Cell> = {
  time: ({ at }) => at.toISOString(),
  kind: ({ kind }) => kind,
  actor_id: ({ actor }) => actor?.id,
  actor_name: ({ actor }) => actor?.name,
  actor_email: ({ actor }) => actor?.email,
  subject_id: ({ subject }) => subject?.id,
  subject_name: ({ subject }) => subject?.name,
  subject_email: ({ subject }) => subject?.email,
  number_id: ({ account }) => account?.id,
  number_name: ({ account }) => account?.name,
  conversation_id: ({ file }) => file?.conversationId,
  message_id: ({ file }) => file?.messageId,
  media_id: ({ file }) => file?.mediaId,
  file_type: ({ file }) => file?.type,
  status: ({ file }) => file?.status,
  bytes: ({ file }) => file?.bytes,
  outcome: ({ file }) => file?.outcome,
  details: ({ details }) => details && JSON.stringify(details),
  address: ({ address }) => address,
  requests: ({ file }) => file?.requests,
  seen: ({ file }) => file?.seen,
};
const cells = Object.values(COLUMNS);

/**
 * Entries as CSV (RFC 4180, with a byte order mark, by which Excel knows UTF-8). What a spreadsheet
 * could take for a formula begins with an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection; the library leaves out the line feed).
 *
 * @param entries read only as fast as the CSV is
 * @param signal ends it, and the reading of entries
 */
export function auditCsv(entries: AsyncIterable<AuditEntry>, signal: AbortSignal): Readable {
  const csv = stringify({
    header: true,
    columns: Object.keys(COLUMNS),
    bom: true,
    record_delimiter: "windows",
    // Off by default where there is a record_delimiter: a lone \n or \r would end a line elsewhere.
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: { string: (text) => (text.startsWith("\n") ? `'${text}` : text) },
  });
  // Whoever reads the CSV learns of an error there.
  pipeline(Readable.from(records(entries)), csv, { signal }).catch(() => {});
  return csv;
}

async function* records(entries: AsyncIterable<AuditEntry>): AsyncGenerator<Cell[]> {
  for await (const entry of entries) yield cells.map((cell) => cell(entry));
}
