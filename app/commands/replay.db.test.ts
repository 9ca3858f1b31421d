import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { quarantine } from "#app/models/received/quarantine.server.ts";
import { openDatabase } from "#db/open.server.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tapview-replay-"));
});
afterAll(() => rm(folder, { recursive: true }));

const DATABASE_URL = process.env.DATABASE_URL ?? "";
const open = () => openDatabase({ DATABASE_URL: DATABASE_URL || undefined, DATA_DIR: folder });

/** The command, on the database of this test. */
function replay(...options: string[]) {
  const environment = { ...process.env, DATABASE_URL, DATA_DIR: folder };
  const command = ["node_modules/tsx/dist/cli.mjs", "app/commands/replay.ts", ...options];
  return new Promise<{ code: number | string; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, command, { env: environment }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

it("tells what it did, for each reason", async () => {
  const { forDuty, close } = await open();
  await quarantine(forDuty("webhook"), [{ reason: "not JSON", body: Buffer.from("{") }]);
  await close();
  expect(await replay("--reason", "not JSON", "--dry-run")).toEqual({
    code: 0,
    stdout: "not JSON: 1 tried, 0 ingested, 1 still unusable\nDry run: nothing was changed.\n",
    stderr: "",
  });
  expect(await replay("--reason", "not jason")).toEqual({
    code: 0,
    stdout: "Nothing is quarantined for this reason. Reasons there are:\n  not JSON\n",
    stderr: "",
  });
});

if (DATABASE_URL === "") {
  it("says that the embedded database is in use while a server runs", async () => {
    const { close } = await open();
    const { code, stderr } = await replay();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The embedded database in .* is in use by another process/);
    await close();
  });
}

it("explains its options to who gives a wrong one", async () => {
  const { code, stderr } = await replay("--everything");
  expect(code).toBe(1);
  expect(stderr).toContain("'--everything'");
  expect(stderr).toContain("npm run webhook:replay");
});
