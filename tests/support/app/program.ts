import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A program that a test started, with all that it wrote so far. */
export interface Program {
  process: ChildProcess;
  /** Standard output and standard error, in the order they came. */
  output(): string;
  /** The JSON lines of standard output. */
  logs(): Record<string, unknown>[];
  /** @returns the exit code; null when a signal ended it */
  exited: Promise<number | null>;
  /** Asks it to end with SIGTERM; after `graceMs` SIGKILL. */
  stop(graceMs?: number): Promise<number | null>;
}

const GRACE_MS = 60_000;
const END_WITH_PARENT = new URL("./end-with-parent.mjs", import.meta.url).href;
/** Of the surroundings a program gets these only, so that no developer's own settings leak in. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "LANG", "TZ"];

/**
 * Starts Node on a script, with `env` and next to nothing else as its environment. It ends with
 * this process at the latest.
 *
 * @param cwd default: this process's own
 */
export function startNode(args: string[], env: Record<string, string>, cwd?: string): Program {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const child = spawn(process.execPath, ["--import", END_WITH_PARENT, ...args], {
    env: { NODE_ENV: "test", ...Object.fromEntries(inherited), ...env },
    stdio: ["pipe", "pipe", "pipe"],
    cwd,
  });
  let output = "";
  let standardOutput = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    standardOutput += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const exited = once(child, "close").then(([code]) => code as number | null);
  return {
    process: child,
    exited,
    output: () => output,
    logs: () => standardOutput.split("\n").flatMap(parseLine),
    stop: async (graceMs = GRACE_MS) => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function parseLine(line: string): Record<string, unknown>[] {
  if (!line.startsWith("{")) return [];
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
