import { spawn } from "node:child_process";
import { basename } from "node:path";

const KEPT_OUTPUT = 4000;
const GRACE_MS = 15_000;
/** The exit code of a program that wants to be started again. */
export const START_AGAIN = 75;

/** The command lines of the installed tools, run by this same Node. */
const tools = {
  biome: ["node_modules/@biomejs/biome/bin/biome"],
  playwright: ["node_modules/@playwright/test/cli.js"],
  remix: ["node_modules/@remix-run/dev/dist/cli.js"],
  tsc: ["node_modules/typescript/bin/tsc"],
  tsx: ["--import", "tsx"],
  vitest: ["node_modules/vitest/vitest.mjs"],
};

/** @type {(tool: keyof typeof tools, ...args: string[]) => string[]} */
export function tool(name, ...args) {
  return [process.execPath, ...tools[name], ...args];
}

/** @type {(...args: string[]) => string[]} */
export function npm(...args) {
  const script = process.env.npm_execpath ?? "";
  return basename(script) === "npm-cli.js" ? [process.execPath, script, ...args] : ["npm", ...args];
}

/**
 * Runs a command to its end, with its output on ours.
 *
 * @param {string[]} command
 * @param {{ env?: Record<string, string | undefined>, timeoutMs?: number }} [options]
 * @returns {Promise<number>} its exit code; 1 when it could not start, was ended or took too long
 */
export function run([file, ...args], { env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: "inherit",
      env: { ...process.env, ...env },
      timeout: timeoutMs,
    });
    const forget = forwardSignals(child);
    const end = (code) => {
      forget();
      resolve(code ?? 1);
    };
    child.on("error", (error) => {
      console.error(error.message);
      end(1);
    });
    child.on("close", end);
  });
}

/**
 * Starts a program that runs until it is stopped, with its output on ours.
 *
 * @param {string} name
 * @param {string[]} command
 * @param {Record<string, string | undefined>} env  undefined takes a variable away
 */
export function start(name, [file, ...args], env) {
  const child = spawn(file, args, {
    // In a group of its own: Ctrl-C reaches it once, as our SIGTERM, and it can end in order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  // Unless this process is killed, they end with it, however it ends.
  const endToo = () => child.kill("SIGTERM");
  process.once("exit", endToo);
  let output = "";
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.on("data", (chunk) => {
      output = (output + chunk).slice(-KEPT_OUTPUT);
      to.write(chunk);
    });
  }
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => {
      process.off("exit", endToo);
      resolve(signal ?? `exit code ${code}`);
    });
  });
  return {
    name,
    /** How it ended. */
    ended,
    /** The last that it wrote. */
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Starts a program, and again whenever it ends with START_AGAIN.
 *
 * @param {(isFirst: boolean) => ReturnType<typeof start>} begin
 */
export function startAndAgain(begin) {
  let program = begin(true);
  let isStopped = false;
  async function untilEnded() {
    for (;;) {
      const how = await program.ended;
      if (isStopped || how !== `exit code ${START_AGAIN}`) return how;
      program = begin(false);
    }
  }
  return {
    name: program.name,
    ended: untilEnded(),
    output: () => program.output(),
    async stop() {
      isStopped = true;
      await program.stop();
    },
  };
}

/**
 * Waits until the person presses Ctrl-C or one of the programs ends, then stops the others.
 *
 * @param {ReturnType<typeof start>[]} programs
 * @returns {Promise<number>} the exit code for this process
 */
export async function superviseUntilEnd(programs) {
  const asked = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve(null));
  });
  const first = await Promise.race([
    asked,
    ...programs.map((program) => program.ended.then((how) => ({ program, how }))),
  ]);
  await Promise.all(programs.map((program) => program.stop()));
  if (!first) return 0;
  const { program, how } = first;
  console.error(`\nThe ${program.name} ended (${how}). The last it wrote:\n${program.output()}`);
  return 1;
}

function forwardSignals(child) {
  const onSignal = (signal) => {
    child.kill(signal);
    child.once("close", () => process.exit(130));
  };
  // Ctrl-C reaches the child by itself; a second SIGINT would keep it from cleaning up.
  const onInterrupt = () => child.once("close", () => process.exit(130));
  process.once("SIGTERM", onSignal).once("SIGHUP", onSignal).once("SIGINT", onInterrupt);
  return () => {
    process.off("SIGTERM", onSignal).off("SIGHUP", onSignal).off("SIGINT", onInterrupt);
  };
}
