import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "#db/open.server.ts";
import { type Program, startNode } from "#tests/support/app/program.ts";
import { lockFolder } from "./folder-lock.server.ts";

const HOLDER = `
  import { lockFolder } from "./db/embedded/folder-lock.server.ts";
  await lockFolder(process.argv[1]);
  console.log("locked");
  setInterval(() => {}, 1000);
`;

let folder: string;
let holder: Program | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tapview-lock-"));
});
afterEach(async () => {
  await holder?.stop(0);
  holder = undefined;
  await rm(folder, { recursive: true });
});

it("a second process can't open the embedded database, and is told why and what to do", async () => {
  holder = await holdInAnotherProcess();
  const opening = openDatabase({ DATA_DIR: folder });
  await expect(opening).rejects.toThrow(`${folder} is in use by another process`);
  await expect(opening).rejects.toThrow(/Stop that process, or set DATA_DIR.*or set DATABASE_URL/);
  await expect(opening).rejects.toMatchObject({ name: "FolderLockedError" });
});

it("the folder is free again when its process was killed", async () => {
  holder = await holdInAnotherProcess();
  holder.process.kill("SIGKILL");
  await holder.exited;
  const unlock = await lockFolder(folder);
  await unlock();
});

it("the folder is free again when its holder gave it back", async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow("in use by another process");
  await unlock();
  const again = await lockFolder(folder);
  await again();
});

async function holdInAnotherProcess(): Promise<Program> {
  const program = startNode(
    ["--import", "tsx", "--input-type=module", "--eval", HOLDER, folder],
    {},
  );
  await new Promise<void>((resolve, reject) => {
    program.process.stdout?.once("data", () => resolve());
    program.exited.then(() => reject(new Error(program.output())));
  });
  return program;
}
