import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import type { App } from "#tests/support/app/app.ts";

/** All that an app's database holds: each table's rows, or the embedded one's files. */
export async function everythingKept(app: App): Promise<string> {
  if (app.databaseUrl) return everyRow(app.databaseUrl);
  const entries = await readdir(app.dataDir ?? "", { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  if (files.length < 100) throw new Error("This is no database's folder.");
  const contents = files.map((file) => readFile(path.join(file.parentPath, file.name), "latin1"));
  return (await Promise.all(contents)).join("\n");
}

async function everyRow(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public'`;
    if (tables.length < 8) throw new Error("Tables are missing.");
    const rows: unknown[] = [];
    for (const { name } of tables) rows.push(...(await sql`select * from ${sql(name)}`));
    return JSON.stringify(rows);
  } finally {
    await sql.end();
  }
}
