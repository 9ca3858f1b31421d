import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { alias, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as schema from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { rows } from "./rows.server.ts";
import { expressions, jsonOrNull, orNull, type RowOf, selection } from "./selection.server.ts";
import { columnsOf } from "./written-columns.server.ts";

const { messages, users, webhookQuarantine } = schema;

/** By a column's type, a value that a driver may spoil: as JSON has it, and as a row has to have it. */
const VALUES: Record<string, [json: unknown, given: unknown]> = {
  bigint: [2 ** 53 - 1, 2 ** 53 - 1],
  "timestamp with time zone": [
    "2026-05-01T12:00:00.123+02:00",
    Date.parse("2026-05-01T10:00:00.123Z"),
  ],
  boolean: [true, true],
  integer: [-1, -1],
  jsonb: [{ deep: ["1", 2, null] }, { deep: ["1", 2, null] }],
  smallint: [7, 7],
  text: ["2026-05-01 é", "2026-05-01 é"],
};

const tables = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => [getTableName(table), table] as const);

/** All of a table's columns but the one that no raw query selects. */
function columnsToSelect(table: PgTable): Record<string, PgColumn> {
  const { body, ...columns } = getTableColumns(webhookQuarantine);
  return table === webhookQuarantine ? columns : getTableColumns(table);
}

describe("a selection", () => {
  it.each(tables)(
    "gives all of %s as the schema says, in a row and in JSON",
    async (_name, table) => {
      const columns = columnsToSelect(table);
      const whole = selection({ ...columns, json: selection(columns).json });
      const written = columnsOf(table, Object.keys(columns) as never[]);
      const rowOf = (index: 0 | 1) =>
        Object.fromEntries(
          Object.entries(columns).map(([key, column]) => [
            key,
            VALUES[column.getSQLType()]?.[index],
          ]),
        );
      const select = (row: object) =>
        rows(
          db,
          whole,
          sql`select ${whole.list}
          from jsonb_to_recordset(${JSON.stringify([row])}::jsonb) input (${written.definitions}),
          lateral (select ${written.values("input")}) ${table} (${written.names})`,
        );
      expect(await select(rowOf(0))).toEqual([{ ...rowOf(1), json: rowOf(1) }]);
      const empty = Object.fromEntries(Object.keys(columns).map((key) => [key, null]));
      expect(await select({})).toEqual([{ ...empty, json: empty }]);
    },
  );

  it("has the schema's types, but a number for a time", () => {
    const { id, direction, editedAt, payload, unread } = messages;
    const part = selection({ id, direction, editedAt, payload, unread, one: sql<1>`1` });
    expectTypeOf<RowOf<typeof part>>().toEqualTypeOf<{
      id: number;
      direction: "inbound" | "outbound";
      editedAt: number | null;
      payload: unknown;
      unread: boolean;
      one: 1;
    }>();
  });

  it("gives nulls for all that an outer join doesn't find, and the type knows", async () => {
    const m = alias(messages, "m");
    const person = { id: users.id, email: users.email };
    const asked = selection(
      {
        one: sql<number>`1`,
        messageId: orNull(m.id),
        json: jsonOrNull(users.id, selection(person)),
      },
      person,
    );
    const [row] = await rows(
      db,
      asked,
      sql`select ${asked.list} from (values (1)) x (one)
        left join users on false left join messages m on false`,
    );
    expect(row).toEqual({ one: 1, messageId: null, json: null, id: null, email: null });
    if (row && row.id !== null) expectTypeOf(row.email).toBeString();
    if (row) expectTypeOf(row.messageId).toEqualTypeOf<number | null>();
  });

  it("has expressions with parameters beside it", async () => {
    const asked = expressions({ twice: sql<number>`${21}::int * 2` }, selection({ one: sql`1` }));
    expect(await rows(db, asked, sql`select ${asked.list}`)).toEqual([{ one: 1, twice: 42 }]);
  });

  it("takes no parameters, and no column whose value it can't tell of both drivers", () => {
    expect(() => selection({ two: sql`${1}::int` })).toThrow("no parameters");
    expect(() => selection({ body: webhookQuarantine.body })).toThrow(
      "webhook_quarantine.body is bytea: say in selection.server.ts how to select that.",
    );
  });
});
