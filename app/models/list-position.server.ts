import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** Where a page of a list by time begins: after the row of this time and id. */
export interface ListPosition {
  /** Microseconds since 1970, which is as exact as the database is. */
  micros: number;
  id: number;
}

/** In 2223: later than any row, and well below 2^53. */
const END_MICROS = 8e15;

/** @returns undefined for anything that formatPosition doesn't write */
export function parsePosition(written: string | null): ListPosition | undefined {
  const [, micros, id] = /^(\d{1,16})-(\d{1,15})$/.exec(written ?? "") ?? [];
  const position = { micros: Number(micros), id: Number(id) };
  return position.micros <= END_MICROS ? position : undefined;
}

export function formatPosition({ micros, id }: ListPosition): string {
  return `${micros}-${id}`;
}

/** SQL to compare (time, id) with. Without a position it is after all rows, so that the statement is the same. */
export function positionRow(position?: ListPosition): SQL {
  return sql`(${positionColumns(position)})`;
}

/** SQL of its time and its id, with a comma between. */
export function positionColumns({ micros, id }: ListPosition = { micros: END_MICROS, id: 0 }): SQL {
  return sql`timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond', ${id}::bigint`;
}

/** SQL of a time as a position tells it. */
export function microsOf(time: SQLWrapper): SQL<number> {
  return sql<number>`(extract(epoch from ${time}) * 1000000)::float8`;
}
