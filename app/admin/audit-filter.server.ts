import { AUDIT_EVENT_KINDS } from "#app/models/audit/audit-events.server.ts";
import { type AuditFilter, VIEW_KIND } from "#app/models/audit/audit-log.server.ts";
import { type AuditPosition, parseAuditPosition } from "#app/models/audit/audit-position.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { startOfDay, startOfNextDay } from "./start-of-day.ts";

/** What the address says, as it was typed; empty: everything. */
export type AuditFields = Record<"kind" | "person" | "from" | "to", string>;

const KINDS = Object.keys(AUDIT_EVENT_KINDS);
const isSignIn = (kind: string) => /^(session|password)\./.test(kind);

/** Several kinds by one name. */
export const KIND_GROUPS: Record<string, { title: string; kinds: string[] }> = {
  files: { title: "Viewing files", kinds: [VIEW_KIND] },
  "sign-in": { title: "Signing in", kinds: KINDS.filter(isSignIn) },
  administration: { title: "Administration", kinds: KINDS.filter((kind) => !isSignIn(kind)) },
};

/**
 * Reads a filter of the audit log out of an address.
 *
 * @param people of the company: nobody else can be asked for
 * @returns problems: what to tell the person, a sentence each; with any, the filter is not to be used
 */
export function readAuditFilter(
  search: URLSearchParams,
  { people, timeZone }: { people: readonly { id: number }[]; timeZone: string },
) {
  const field = (name: string) => search.get(name)?.trim() ?? "";
  const fields: AuditFields = {
    kind: field("kind"),
    person: field("person"),
    from: field("from"),
    to: field("to"),
  };
  const problems: string[] = [];
  /** The value that is meant, if one is. */
  function read<T>(written: string, meant: T | undefined, problem: string): T | undefined {
    if (written !== "" && meant === undefined) problems.push(problem);
    return written === "" ? undefined : meant;
  }

  const { kind, from, to } = fields;
  const personId = numericId(fields.person);
  const filter: AuditFilter = {
    kinds: read(kind, kindsOf(kind), "There is no such kind. Choose one of the list."),
    personId: read(
      fields.person,
      people.find(({ id }) => id === personId)?.id,
      "There is no such person in your company. Choose one of the list.",
    ),
    from: read(from, startOfDay(from, timeZone), "“From” is no date. Write it like 2026-11-22."),
    until: read(
      to,
      startOfDay(to, timeZone) && startOfNextDay(to, timeZone),
      "“To” is no date. Write it like 2026-11-22.",
    ),
  };
  if (filter.from && filter.until && filter.from >= filter.until) {
    problems.push("“From” is after “To”. Exchange the two dates.");
  }
  const place = search.get("after") ?? "";
  const after: AuditPosition | undefined = read(
    place,
    parseAuditPosition(place),
    "This page's place can't be read. Begin with the first page.",
  );
  return { fields, filter, after, problems };
}

function kindsOf(name: string): readonly string[] | undefined {
  if (Object.hasOwn(KIND_GROUPS, name)) return KIND_GROUPS[name]?.kinds;
  return Object.hasOwn(AUDIT_EVENT_KINDS, name) ? [name] : undefined;
}
