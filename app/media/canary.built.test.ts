import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type App, startApp } from "#e2e/app.ts";

const ACME_SUPPORT = "106540352242922";
const CANARY = "canary-bytes-of-a-customers-file";

let app: App;
beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: "trace" } });
}, 60_000);
afterAll(() => app?.stop());

it("F98 leaves no byte of a file in the database or the log, however it was asked for", async () => {
  const bytes = Buffer.from(`${CANARY} `.repeat(20_000));
  const sent = await app.simulator.sendMessage({ kind: "document", to: ACME_SUPPORT, bytes });
  const address = `${app.url}/media/${sent.mediaId}`;
  const headers = { Cookie: await app.login("agent@acme.test") };
  const ask = (init: RequestInit = {}, suffix = "") =>
    fetch(address + suffix, { ...init, headers: { ...headers, ...init.headers } });

  expect(await (await ask()).text()).toContain(CANARY);
  expect(await (await ask({ headers: { Range: "bytes=0-99" } })).text()).toContain(CANARY);
  expect((await ask({ method: "HEAD" })).status).toBe(200);
  expect((await ask({}, "/view")).status).toBe(200);
  const left = await ask();
  await left.body?.cancel();
  app.simulator.faults.add({ on: "download", kind: "wrongHash" });
  await expect(ask().then((answer) => answer.arrayBuffer())).rejects.toThrow();

  await vi.waitFor(async () => expect(await recordedViews()).toHaveLength(4), { timeout: 5_000 });
  expect(app.output()).not.toContain(CANARY);
  expect(await everythingKept()).not.toContain(CANARY);
});

/** One line of the log for each fetch that was written down. */
async function recordedViews(): Promise<unknown[]> {
  return app.logs().filter(({ event }) => event === "media.fetched");
}

/** All that the database holds: each table's rows, or the embedded one's files. */
async function everythingKept(): Promise<string> {
  if (app.databaseUrl) return everyRow(app.databaseUrl);
  const entries = await readdir(app.dataDir ?? "", { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(100);
  const contents = files.map((file) => readFile(path.join(file.parentPath, file.name), "latin1"));
  return (await Promise.all(contents)).join("\n");
}

async function everyRow(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public'`;
    expect(tables.length).toBeGreaterThan(8);
    const rows: unknown[] = [];
    for (const { name } of tables) rows.push(...(await sql`select * from ${sql(name)}`));
    expect(JSON.stringify(rows)).toContain("document.pdf");
    return JSON.stringify(rows);
  } finally {
    await sql.end();
  }
}
