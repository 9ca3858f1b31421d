import { sql } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";

export interface Scans {
  /** The indexes that were read, also inside functions, and how many entries of each. */
  indexes: Map<string, number>;
  /** The tables that were read whole. */
  tables: string[];
}

/** What work in a transaction reads. */
export async function scansOf(tx: Db, work: () => Promise<unknown>): Promise<Scans> {
  // What the connection did before may not be reported yet, and then still counts.
  const before = new Map((await counts(tx)).map((count) => [count.name, count]));
  await work();
  const read = (await counts(tx)).flatMap(({ scans, entries, ...relation }) => {
    const old = before.get(relation.name) ?? { scans: 0, entries: 0 };
    return scans > old.scans ? { ...relation, entries: entries - old.entries } : [];
  });
  return {
    indexes: new Map(
      read.flatMap(({ kind, name, entries }) => (kind === "i" ? [[name, entries]] : [])),
    ),
    tables: read.flatMap(({ kind, name }) => (kind === "r" ? name : [])),
  };
}

const COUNT = selection({
  name: sql<string>`relname`,
  kind: sql<string>`relkind`,
  scans: sql<number>`pg_stat_get_xact_numscans(oid)::float8`,
  entries: sql<number>`pg_stat_get_xact_tuples_returned(oid)::float8`,
});

function counts(tx: Db) {
  return rows(
    tx,
    COUNT,
    sql`select ${COUNT.list} from pg_class where relnamespace = 'public'::regnamespace and relkind in ('i', 'r')
      order by relname`,
  );
}
