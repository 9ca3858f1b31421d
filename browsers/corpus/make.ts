import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { CorpusFile } from "./corpus-file.ts";

const TIMEOUT_MS = 120_000;

export interface MadeFile extends CorpusFile {
  bytes: Buffer;
}

/** A file that could not be made here, with what the shell said. */
export interface LeftOut {
  file: CorpusFile;
  why: string;
}

/** Makes files in a folder, in turn. What a missing program would make is left out. */
export function makeFiles(files: readonly CorpusFile[], folder: string) {
  const made: MadeFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of files) {
    const output = path.join(folder, file.name);
    try {
      if (!existsSync(output)) run(file.command, folder);
      made.push({ ...file, bytes: readFileSync(output) });
    } catch (error) {
      // A command that failed may have left a half-made file.
      rmSync(output, { force: true });
      leftOut.push({ file, why: reasonOf(error as Error & { stderr?: string }) });
    }
  }
  return { made, leftOut };
}

function run(command: string, cwd: string): void {
  const options = { cwd, timeout: TIMEOUT_MS, encoding: "utf8", stdio: "pipe" } as const;
  execFileSync("sh", ["-ec", command], options);
}

function reasonOf(error: Error & { stderr?: string }): string {
  const lines = (error.stderr || error.message).trim().split("\n");
  return lines.at(-1) ?? "";
}
