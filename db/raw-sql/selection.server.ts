import { type GetColumnData, getTableName, is, type SQL, sql } from "drizzle-orm";
import { PgColumn, PgDialect } from "drizzle-orm/pg-core";

/**
 * What a raw query selects: SQL, and the type of the rows that both drivers give for it. Both are made
 * of the schema's columns, so that neither tells anything else than the schema.
 */
export interface Selection<Row> {
  /** For between "select" and "from". */
  list: SQL<Row>;
}

/** One that can also be a JSON object, for an aggregate or as a part of a row. */
export interface JsonSelection<Row> extends Selection<Row> {
  json: SQL<Row>;
}

/** A row of a selection. */
export type RowOf<S> = S extends Selection<infer Row> ? Row : never;

/** Each by the name that it has in a row. An expression's type is the one that both drivers give. */
type Parts = Record<string, PgColumn | SQL>;
type Row<P extends Parts> = { [Name in keyof P]: Given<P[Name]> };
type Nulls<P extends Parts> = { [Name in keyof P]: null };
type Given<Part> =
  Part extends SQL<infer T> ? T : Part extends PgColumn ? OverTime<GetColumnData<Part>> : never;
type OverTime<T> = T extends Date ? number : T;

/**
 * A selection of columns, and of expressions without parameters. It is made once, because to write
 * it out takes longer than most queries.
 *
 * In a row, a bigint is a number, exact to 2^53, and a time the milliseconds since 1970; all else is
 * as the schema says. By themselves, both drivers give a time of a raw query as text, and one of them a
 * bigint.
 *
 * @param parts columns of drizzle's `alias` where the query calls the table by another name
 * @param joined those of an outer join: null, all of them, where it found nothing
 * @throws when a column is of a type that no selection had before, or an expression has parameters
 */
export function selection<P extends Parts>(parts: P): JsonSelection<Row<P>>;
export function selection<P extends Parts, J extends Parts>(
  parts: P,
  joined: J,
): JsonSelection<Row<P> & (Row<J> | Nulls<J>)>;
export function selection(parts: Parts, joined: Parts = {}): JsonSelection<unknown> {
  const all = Object.entries({ ...parts, ...joined });
  const [row, json] = ([IN_ROW, IN_JSON] as const).map((ways) =>
    all.map(([name, part]) => ({ name, value: is(part, PgColumn) ? given(part, ways) : part })),
  ) as [Named[], Named[]];
  const pairs = json.map(({ name, value }) => sql`${sql.raw(`'${name}'`)}, ${value}`);
  return {
    list: writtenOut(listOf(row)),
    json: writtenOut(sql`json_build_object(${sql.join(pairs, sql`, `)})`),
  };
}

/**
 * Expressions that have parameters, and so are made for each query.
 *
 * @param beside what the query selects besides
 */
export function expressions<E extends Record<string, SQL>, Other = unknown>(
  parts: E,
  beside?: Selection<Other>,
): Selection<Row<E> & Other> {
  const list = listOf(Object.entries(parts).map(([name, value]) => ({ name, value })));
  return { list: (beside ? sql`${beside.list}, ${list}` : list) as SQL<Row<E> & Other> };
}

/** A column of an outer join, which may be null for that. */
export function orNull<C extends PgColumn>(column: C): SQL<Given<C> | null> {
  return given(column, IN_ROW) as SQL<Given<C> | null>;
}

/** The JSON object of an outer join, null where it found nothing. @param id set in every row of its table */
export function jsonOrNull<Row>(id: PgColumn, { json }: JsonSelection<Row>): SQL<Row | null> {
  return sql<Row | null>`case when ${id} is not null then ${json} end`;
}

type Ways = Record<string, (column: PgColumn) => SQL>;

const asItIs = (column: PgColumn) => sql`${column}`;

/** By a column's type, the SQL whose value is the same from both drivers. */
const IN_ROW: Ways = {
  bigint: (column) => sql`${column}::float8`,
  "timestamp with time zone": (column) => sql`(extract(epoch from ${column}) * 1000)::float8`,
  boolean: asItIs,
  integer: asItIs,
  jsonb: asItIs,
  smallint: asItIs,
  text: asItIs,
};
const IN_JSON: Ways = { ...IN_ROW, bigint: asItIs };

function given(column: PgColumn, ways: Ways): SQL {
  const type = column.getSQLType();
  const way = ways[type];
  if (way) return way(column);
  const name = `${getTableName(column.table)}.${column.name}`;
  throw new TypeError(`${name} is ${type}: say in selection.server.ts how to select that.`);
}

interface Named {
  name: string;
  value: SQL;
}

function listOf(values: readonly Named[]): SQL {
  const list = values.map(({ name, value }) => sql`${value} as ${sql.identifier(name)}`);
  return sql.join(list, sql`, `);
}

const dialect = new PgDialect({ casing: "snake_case" });

function writtenOut(part: SQL): SQL {
  const { sql: text, params } = dialect.sqlToQuery(part);
  if (params.length > 0) throw new TypeError("A selection that is made once has no parameters.");
  return sql.raw(text);
}
