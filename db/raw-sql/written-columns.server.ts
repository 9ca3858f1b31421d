import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/**
 * Columns of a table that a raw statement writes, named once. Their values come from JSON, or from
 * another source whose columns are called as the schema's properties are.
 */
export interface WrittenColumns<Row> {
  /** Each as the schema and as the table call it, and its type. */
  columns: readonly { key: string; name: string; type: string }[];
  /** `a_b, c`: the table's names of them. */
  names: SQL;
  /** `"aB" bigint, "c" text`: for jsonb_to_recordset, of rows that JSON.stringify wrote. */
  definitions: SQL;
  /** `a_b = excluded.a_b, c = excluded.c`: for "on conflict do update set", of all but the key's. */
  updates(key: readonly (keyof Row & string)[]): SQL;
  /** `source."aB", source."c"`: their values; without a source `"aB", "c"`. */
  values(source?: string): SQL;
  /** `$1::bigint[], $2::text[]`: for unnest. No booleans: postgres.js takes an array of them for one. */
  arrays(rows: readonly Row[]): SQL;
}

/** A row to write: of each column a value, and nothing else. */
export type WrittenRow<C> = C extends WrittenColumns<infer Row> ? Row : never;

type Key<T extends PgTable> = keyof T["$inferSelect"] & string;

export function columnsOf<T extends PgTable, K extends Key<T>>(
  table: T,
  keys: readonly K[],
): WrittenColumns<Pick<T["$inferSelect"], K>> {
  const all: Record<string, PgColumn> = getTableColumns(table);
  const columns = keys.map((key) => {
    const column = all[key];
    if (!column) throw new TypeError(`There is no column ${key}.`);
    return { key, name: casing.getColumnCasing(column), type: column.getSQLType() };
  });
  type Named = (typeof columns)[number];
  const list = (text: (column: Named) => string, some = columns) =>
    sql.raw(some.map(text).join(", "));
  return {
    columns,
    names: list(({ name }) => name),
    definitions: list(({ key, type }) => `"${key}" ${type}`),
    updates: (left) =>
      list(
        ({ name }) => `${name} = excluded.${name}`,
        columns.filter(({ key }) => !left.includes(key)),
      ),
    values: (source) => list(({ key }) => (source ? `${source}."${key}"` : `"${key}"`)),
    arrays: (rows) => {
      const array = ({ key, type }: Named) =>
        sql`${sql.param(rows.map((row) => row[key]))}::${sql.raw(type)}[]`;
      return sql.join(columns.map(array), sql`, `);
    },
  };
}

const casing = new CasingCache("snake_case");

/**
 * All columns of a table but some: one that the schema gets is among them, and then missing in the
 * rows to write, where it doesn't compile until somebody has decided what is written there.
 */
export function columnsBut<T extends PgTable, K extends Key<T>>(
  table: T,
  left: readonly K[],
): WrittenColumns<Omit<T["$inferSelect"], K>> {
  const keys = Object.keys(getTableColumns(table)) as Key<T>[];
  const written = keys.filter((key): key is Exclude<Key<T>, K> => !left.some((one) => one === key));
  return columnsOf(table, written) as WrittenColumns<Omit<T["$inferSelect"], K>>;
}
