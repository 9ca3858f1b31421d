import { sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { db } from "#db/testing/owner.ts";

/** What is written down of refused requests too. */
const NOTED_ANYWAY = ["audit_events"];

const TABLE = selection({ name: sql<string>`table_name` });
const ROW = selection({ row: sql<unknown>`to_jsonb(t) - 'last_used_at'` });

/** @returns all rows of a company by table, but for when its sessions were last used */
export async function snapshotOf(companyId: number): Promise<Record<string, unknown>> {
  const tables = await rows(
    db,
    TABLE,
    sql`select ${TABLE.list} from information_schema.columns
      where table_schema = 'public' and column_name = 'company_id' order by 1`,
  );
  const snapshot: Record<string, unknown> = {};
  for (const { name } of [...tables, { name: "companies" }]) {
    if (NOTED_ANYWAY.includes(name)) continue;
    const owner = sql.identifier(name === "companies" ? "id" : "company_id");
    const found = await rows(
      db,
      ROW,
      sql`select ${ROW.list} from ${sql.identifier(name)} t
        where ${owner} = ${companyId} order by to_jsonb(t)::text`,
    );
    snapshot[name] = found.map(({ row }) => row);
  }
  return snapshot;
}
