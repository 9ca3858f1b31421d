import type { SQL } from "drizzle-orm";
import { type ListPosition, parsePosition, positionRow } from "../list-position.server.ts";

/** Where a page of the audit log begins: after this row. Of one time, all views come before all events. */
export interface AuditPosition extends ListPosition {
  source: "view" | "event";
}

const LETTERS = { view: "v", event: "e" };
const LARGEST_ID = Number.MAX_SAFE_INTEGER;

export function formatAuditPosition({ source, micros, id }: AuditPosition): string {
  return `${LETTERS[source]}${micros}-${id}`;
}

/** @returns undefined for anything that formatAuditPosition doesn't write */
export function parseAuditPosition(written: string): AuditPosition | undefined {
  const position = parsePosition(written.slice(1));
  const source = written.startsWith("v") ? "view" : "event";
  return position && written[0] === LETTERS[source] ? { source, ...position } : undefined;
}

/** SQL of the (time, id) that the rows of one source come after. */
export function rowAfter(source: AuditPosition["source"], after: AuditPosition | undefined): SQL {
  if (after === undefined || after.source === source) return positionRow(after);
  return positionRow({ micros: after.micros, id: source === "event" ? LARGEST_ID : 0 });
}
