import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
/** The last one that opened each connection when it was asked for something, and kept it for 4 s. */
const COMMIT = "c6d52270";

export interface Baseline {
  /** What it is called in the report. */
  name: string;
  /** A checkout with its build. */
  folder: string;
  remove(): Promise<void>;
}

/**
 * The build to compare with.
 *
 * @param folder a checkout that is built; without it the commit above is, in a temporary folder
 */
export async function baselineBuild(folder?: string): Promise<Baseline> {
  if (folder) {
    if (!existsSync(path.join(folder, "build/server/server.js"))) {
      throw new Error(`--baseline: ${folder} has no build/server/server.js`);
    }
    return { name: folder, folder: path.resolve(folder), remove: async () => {} };
  }
  const parent = await mkdtemp(path.join(tmpdir(), "tapview-baseline-"));
  const checkout = path.join(parent, COMMIT);
  const remove = async () => {
    await run("git", ["worktree", "remove", "--force", checkout]).catch(() => {});
    await rm(parent, { recursive: true, force: true });
  };
  try {
    await run("git", ["worktree", "add", "--detach", checkout, COMMIT]);
    await symlink(path.resolve("node_modules"), path.join(checkout, "node_modules"));
    await run("npm", ["run", "build"], { cwd: checkout });
  } catch (error) {
    await remove();
    throw error;
  }
  return { name: COMMIT, folder: checkout, remove };
}
