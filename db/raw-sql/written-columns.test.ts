import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { contactIdentities } from "#db/schema.ts";
import { columnsBut, columnsOf, type WrittenRow } from "./written-columns.server.ts";

const text = (part: SQL) => new PgDialect().sqlToQuery(part);

describe("the columns that a statement writes", () => {
  const columns = columnsOf(contactIdentities, ["kind", "value", "contactId", "endedAt"]);

  it("are named once, and told in each place that lists them", () => {
    expect(text(columns.names).sql).toBe("kind, value, contact_id, ended_at");
    expect(text(columns.definitions).sql).toBe(
      '"kind" text, "value" text, "contactId" bigint, "endedAt" timestamp with time zone',
    );
    expect(text(columns.updates(["kind", "value"])).sql).toBe(
      "contact_id = excluded.contact_id, ended_at = excluded.ended_at",
    );
    expect(text(columns.values()).sql).toBe('"kind", "value", "contactId", "endedAt"');
    expect(text(columnsOf(contactIdentities, ["contactId"]).values("input")).sql).toBe(
      'input."contactId"',
    );
  });

  it("can be given as arrays, one parameter a column however many rows there are", () => {
    const identities = columnsOf(contactIdentities, ["value", "contactId"]);
    const written = [
      { value: "a", contactId: 1 },
      { value: "b", contactId: 2 },
    ];
    expect(text(identities.arrays(written))).toMatchObject({
      sql: "$1::text[], $2::bigint[]",
      params: [
        ["a", "b"],
        [1, 2],
      ],
    });
  });

  it("are those of the schema but the ones left out, and a row without one of them doesn't compile", () => {
    const identity = columnsBut(contactIdentities, ["companyId", "contactId", "endedAt"]);
    const row: WrittenRow<typeof identity> = { kind: "phone", value: "15550100001" };
    expect(identity.columns.map(({ key }) => key)).toEqual(Object.keys(row));
    // @ts-expect-error: the value is missing
    const _incomplete: WrittenRow<typeof identity> = { kind: "phone" };
    // @ts-expect-error: there is no such column
    expect(() => columnsOf(contactIdentities, ["name"])).toThrow("There is no column name.");
  });
});
