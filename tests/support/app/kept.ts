import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import type { App } from "./app.ts";

/** All that an app keeps: each row of its database, or the embedded one's files, and its temporary files. */
export async function everythingKept(app: App): Promise<string> {
  const temporary = await everyFile(app.temporaryFolder);
  const kept = app.databaseUrl
    ? [await everyRow(app.databaseUrl)]
    : await everyFile(app.dataDir ?? "");
  if (!app.databaseUrl && kept.length < 100) throw new Error("This is no database's folder.");
  return [...kept, ...temporary].join("\n");
}

async function everyFile(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => contentOf(path.join(file.parentPath, file.name))));
}

/** Empty for a file that a running database has removed meanwhile. */
async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
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
