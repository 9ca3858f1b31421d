import { readFileSync, writeFileSync } from "node:fs";
import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import path from "node:path";
import { expect } from "@playwright/test";
import { freePort } from "#tests/support/app/free-port.ts";
import { type Program, startNode } from "#tests/support/app/program.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";

const SOURCES = ["app", "db", "public", "scripts", "server", "simulator"];
const FILES = [
  "package.json",
  "package-lock.json",
  "remix.config.js",
  "tsconfig.json",
  "vite.config.ts",
];
/** What tools keep in node_modules: a copy begins without. */
const KEPT = new Set([".vite", ".cache"]);
const START_TIMEOUT_MS = 240_000;

/** `npm run dev` on a copy of the project, whose files a test may change. */
export interface Development {
  url: string;
  simulatorUrl: string;
  folder: string;
  program: Program;
  /** The environment that it was started with. */
  env: Record<string, string>;
  write(file: string, text: string): void;
  /**
   * Replaces the first place of a text in a file.
   *
   * @returns what puts it back
   * @throws when the file hasn't got it
   */
  edit(file: string, part: string, by: string): () => void;
  stop(): Promise<void>;
}

/** Starts it, and waits until it has said where to look. */
export async function startDevelopment(): Promise<Development> {
  const folder = temporaryFolder();
  await copyProject(folder);
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const env = { NODE_ENV: "", PORT: `${port}`, SIMULATOR_PORT: `${simulatorPort}` };
  const program = startNode(["scripts/dev.mjs"], env, folder);
  const stop = async () => {
    await program.stop();
    removeTemporaryFolder(folder);
  };
  try {
    const waiting = { timeout: START_TIMEOUT_MS, message: "npm run dev greets" };
    await expect.poll(program.output, waiting).toContain("Ctrl-C stops both");
  } catch (error) {
    await stop();
    throw new Error(`npm run dev did not start. It wrote:\n${program.output()}`, { cause: error });
  }
  const url = `http://127.0.0.1:${port}`;
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  return { url, simulatorUrl, folder, program, env, stop, write, edit };

  function edit(file: string, part: string, by: string) {
    const before = readFileSync(path.join(folder, file), "utf8");
    if (!before.includes(part)) throw new Error(`${file} has no ${part}`);
    write(file, before.replace(part, by));
    return () => write(file, before);
  }

  function write(file: string, text: string): void {
    writeFileSync(path.join(folder, file), text);
  }
}

/** With the packages of the project itself. */
async function copyProject(folder: string): Promise<void> {
  const filter = (source: string) => !/\.test\.tsx?$/.test(source);
  for (const name of [...SOURCES, ...FILES]) {
    await cp(name, path.join(folder, name), { recursive: true, filter });
  }
  await mkdir(path.join(folder, "node_modules"));
  for (const name of await readdir("node_modules")) {
    if (KEPT.has(name)) continue;
    await symlink(path.resolve("node_modules", name), path.join(folder, "node_modules", name));
  }
}
