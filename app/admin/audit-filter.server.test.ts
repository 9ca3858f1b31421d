import { describe, expect, it } from "vitest";
import { AUDIT_EVENT_KINDS } from "#app/models/audit/audit-events.server.ts";
import { KIND_GROUPS, readAuditFilter } from "./audit-filter.server.ts";

const context = { people: [{ id: 7 }], timeZone: "Europe/Berlin" };
const read = (query: string) => readAuditFilter(new URLSearchParams(query), context);

describe("a filter of the audit log", () => {
  it("asks for everything when nothing is filled in", () => {
    expect(read("kind=&person=&from=&to=")).toEqual({
      fields: { kind: "", person: "", from: "", to: "" },
      filter: { kinds: undefined, personId: undefined, from: undefined, until: undefined },
      after: undefined,
      problems: [],
    });
  });

  it("means whole days of the server's time zone", () => {
    expect(read("from=2026-11-22&to=2026-11-22").filter).toMatchObject({
      from: new Date("2026-11-21T23:00:00Z"),
      until: new Date("2026-11-22T23:00:00Z"),
    });
  });

  it("knows a group of kinds, one kind, and a person", () => {
    expect(read("kind=files").filter.kinds).toEqual(["media.viewed"]);
    expect(read("kind=sign-in").filter.kinds).toContain("session.refused");
    expect(read("kind=account.added&person=7").filter).toMatchObject({
      kinds: ["account.added"],
      personId: 7,
    });
  });

  it("has every kind in exactly one group", () => {
    const grouped = Object.values(KIND_GROUPS).flatMap(({ kinds }) => kinds);
    expect(grouped.sort()).toEqual([...Object.keys(AUDIT_EVENT_KINDS), "media.viewed"].sort());
  });

  it.each([
    ["kind=everything", "kind"],
    ["kind=toString", "kind"],
    ["person=8", "person"],
    ["person=7'--", "person"],
    ["person=99999999999999999999", "person"],
    ["from=2026-02-30", "“From” is no date"],
    ["to=tomorrow", "“To” is no date"],
    ["from=2026-11-23&to=2026-11-22", "“From” is after “To”"],
    ["after=1", "first page"],
    ["after=v99999999999999999-1", "first page"],
  ])("says what is wrong with %s, and keeps what was typed", (query, word) => {
    const { problems, fields } = read(query);
    expect(problems).toEqual([expect.stringContaining(word)]);
    for (const [name, value] of new URLSearchParams(query)) {
      if (name in fields) expect(fields).toMatchObject({ [name]: value });
    }
  });
});
