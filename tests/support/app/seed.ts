import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import { replaceDatabase } from "#db/testing/databases.ts";
import { startNode } from "./program.ts";

const CACHE = "node_modules/.cache/tapview-seeded";
const KEPT_MS = 60 * 60 * 1000;
/** The name of one of the demo's companies. */
const ONE_OF_THE_DEMO = "Acme";
/** What decides how a seeded database looks. */
const SOURCES = ["db", "app/commands", "app/auth/password.server.ts", "package-lock.json"];

/** Of a PostgreSQL server. */
interface Seeded {
  /** A database whose user may create others. */
  admin: string;
  /** One that has been seeded. */
  url: string;
}

let toCopy: Seeded | undefined;

/** From here on, empty databases of that server are seeded by a copy, which takes a tenth of the time. */
export function seedByCopying(seeded: Seeded): void {
  toCopy = seeded;
}

/**
 * Makes the demo's companies in the database that `env` names, unless they are there.
 *
 * @param folder of another build, whose own seed it is then
 */
export async function seed(env: Record<string, string>, folder?: string): Promise<void> {
  const { DATABASE_URL } = env;
  if (toCopy && DATABASE_URL && hostOf(toCopy.url) === hostOf(DATABASE_URL)) {
    const companies = await companiesIn(DATABASE_URL);
    if (companies?.includes(ONE_OF_THE_DEMO)) return;
    if (companies?.length === 0) {
      return replaceDatabase(toCopy.admin, DATABASE_URL, toCopy.url);
    }
  }
  // Set, though empty: a .env must not lead the seed to another database.
  const args = ["--import", "tsx", "app/commands/seed.ts"];
  const program = startNode(args, { DATABASE_URL: "", ...env }, folder);
  if ((await program.exited) !== 0)
    throw new Error(`app/commands/seed.ts failed:\n${program.output()}`);
}

function hostOf(url: string): string {
  return new URL(url).host;
}

/** @returns their names; undefined where the database is not migrated */
async function companiesIn(databaseUrl: string): Promise<string[] | undefined> {
  const client = postgres(databaseUrl, { max: 1 });
  try {
    const [table] = await client`select to_regclass('companies') as name`;
    if (!table?.name) return undefined;
    return (await client`select name from companies`).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * Fills a folder with a seeded embedded database: a copy of one that is made once a day, and again
 * when its sources change, because making one takes seconds.
 */
export async function copySeededFolder(folder: string): Promise<void> {
  const seeded = path.join(CACHE, await fingerprint());
  if (!existsSync(seeded)) await makeSeededFolder(seeded);
  await cp(seeded, folder, { recursive: true });
}

async function makeSeededFolder(seeded: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  await removeOldOnes();
  const unfinished = await mkdtemp(path.join(CACHE, "unfinished-"));
  await seed({ DATA_DIR: unfinished });
  try {
    await rename(unfinished, seeded);
  } catch (error) {
    // Another process was first; its folder is as good.
    await rm(unfinished, { recursive: true });
    if (!existsSync(seeded)) throw error;
  }
}

/** Not the young ones: another process may be copying them. */
async function removeOldOnes(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const folder = path.join(CACHE, name);
    const { mtimeMs } = await stat(folder);
    if (mtimeMs < Date.now() - KEPT_MS) await rm(folder, { recursive: true, force: true });
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  for (const file of (await Promise.all(SOURCES.map(filesIn))).flat().sort()) {
    hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesIn(source: string): Promise<string[]> {
  if (path.extname(source)) return [source];
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
