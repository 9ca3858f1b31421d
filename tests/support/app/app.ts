import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "#simulator/server.ts";
import { freePort } from "./free-port.ts";
import { type Program, startNode } from "./program.ts";
import { copySeededFolder, seed } from "./seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

const START_TIMEOUT_MS = 60_000;
/** The stock server never closes the database, so with PostgreSQL it would not end by itself. */
const STOCK_GRACE_MS = 500;
const BUILT = {
  own: "build/server/server.js",
  "remix-serve": "build/server/index.js",
};
/** Empty counts as unset, but is set: a developer's own .env can't reach a test. */
const NOT_FROM_A_FILE = {
  APP_ORIGIN: "",
  DATABASE_URL: "",
  METRICS_TOKEN: "",
  TRUST_PROXY: "",
  WHATSAPP_GRAPH_VERSION: "",
};

export interface AppOptions {
  /** Our own server, or the stock one around the same build. */
  server?: "own" | "remix-serve";
  /** WhatsApp, if the test has one already, which then sends its webhooks here; else one of the app's own. */
  simulator?: Simulator;
  /** Added to the app's environment; these win. */
  env?: Record<string, string>;
  /** A PostgreSQL database; default the test file's own, if it has one. Empty: an embedded one. */
  databaseUrl?: string;
  /** The embedded database's folder, to start again on what an earlier app left; kept at stop. */
  dataDir?: string;
  /** Another build of this project, by its top folder; it seeds its own database. Default: this one. */
  folder?: string;
  /** False leaves the database as it is, for one that can't be reached. */
  seed?: boolean;
  /** Arguments for Node itself, such as --expose-gc. */
  nodeArgs?: string[];
}

/** The built app as a process of its own, on a free port of this machine. */
export interface App {
  url: string;
  simulator: Simulator;
  pid: number;
  process: ChildProcess;
  dataDir: string | undefined;
  databaseUrl: string | undefined;
  /** Where it would put temporary files: a folder of its own, in which nothing else writes. */
  temporaryFolder: string;
  /** What it logged so far: one object a line. */
  logs(): Record<string, unknown>[];
  /** All that it wrote so far. */
  output(): string;
  /** Ends it and removes what it left. @returns its exit code; null when a signal ended it */
  stop(): Promise<number | null>;
  /** @returns the Cookie header of a signed-in person */
  login(email: string, password?: string): Promise<string>;
}

/**
 * Starts the built app on a seeded database and waits until it answers.
 *
 * @throws with all that the app wrote, when it doesn't start
 */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const script = path.resolve(options.folder ?? ".", BUILT[options.server ?? "own"]);
  if (!existsSync(script)) throw new Error(`${script} is missing. Run npm run build first.`);
  const simulator = options.simulator ?? (await startSimulator());
  const databaseUrl = options.dataDir
    ? undefined
    : (options.databaseUrl ?? process.env.DATABASE_URL) || undefined;
  const dataDir = databaseUrl ? undefined : (options.dataDir ?? temporaryFolder());
  const ownTemporaryFolder = temporaryFolder();
  let program: Program | undefined;
  const clean = async () => {
    const grace = options.server === "remix-serve" ? STOCK_GRACE_MS : undefined;
    const code = program ? await program.stop(grace) : null;
    if (!options.simulator) await simulator.close();
    if (dataDir && !options.dataDir) removeTemporaryFolder(dataDir);
    removeTemporaryFolder(ownTemporaryFolder);
    return code;
  };
  try {
    const env: Record<string, string> = {
      ...environment(simulator),
      TMPDIR: ownTemporaryFolder,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...(dataDir && { DATA_DIR: dataDir }),
      ...options.env,
    };
    if (options.seed !== false) {
      const canCopy = dataDir && !options.dataDir && !options.folder;
      await (canCopy ? copySeededFolder(dataDir) : seed(env, options.folder));
    }
    const started = options.server === "remix-serve" ? startRemixServe : startOwn;
    const running = await started(script, env, options);
    program = running.program;
    const { url } = running;
    await waitUntilUp(program, url);
    simulator.setWebhookUrl(`${url}/webhooks/whatsapp`);
    return {
      url,
      simulator,
      pid: program.process.pid ?? 0,
      process: program.process,
      dataDir,
      databaseUrl,
      temporaryFolder: ownTemporaryFolder,
      logs: program.logs,
      output: program.output,
      stop: clean,
      login: (email, password = "demo-password") =>
        login(url, env.APP_ORIGIN || url, email, password),
    };
  } catch (error) {
    await clean();
    throw error;
  }
}

function environment(simulator: Simulator): Record<string, string> {
  return {
    ...NOT_FROM_A_FILE,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "info",
    SESSION_SECRET: "test-session-secret-test-session-secret",
    WHATSAPP_APP_SECRET: "test-app-secret",
    WHATSAPP_VERIFY_TOKEN: "test-verify-token",
    WHATSAPP_ACCESS_TOKEN: "test-access-token",
    WHATSAPP_GRAPH_URL: simulator.url,
    WHATSAPP_MEDIA_HOSTS: new URL(simulator.url).host,
  };
}

type Started = (
  script: string,
  env: Record<string, string>,
  options: AppOptions,
) => Promise<{
  program: Program;
  url: string;
}>;

const startOwn: Started = async (script, env, { nodeArgs = [], folder }) => {
  const program = startNode([...nodeArgs, script], env, folder);
  const url = await until(program, () => {
    const line = program.logs().find(({ event }) => event === "server.listening");
    return typeof line?.address === "string" ? line.address : undefined;
  });
  return { program, url };
};

const startRemixServe: Started = async (script, env, { nodeArgs = [], folder }) => {
  const port = await freePort();
  const cli = "node_modules/@remix-run/serve/dist/cli.js";
  const program = startNode([...nodeArgs, cli, script], { ...env, PORT: `${port}` }, folder);
  return { program, url: `http://127.0.0.1:${port}` };
};

/** remix-serve has no /up: that it answers at all is enough. */
async function waitUntilUp(program: Program, url: string): Promise<void> {
  await until(program, () =>
    fetch(`${url}/up`).then(
      async (response) => {
        await response.body?.cancel();
        return true;
      },
      () => undefined,
    ),
  );
}

/** Asks again until there is an answer; gives up, and ends the program, when it ended or is late. */
async function until<T>(
  program: Program,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && isRunning(program)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(25);
  }
  await program.stop(0);
  throw new Error(`The app did not start. It wrote:\n${program.output()}`);
}

function isRunning({ process: { exitCode, signalCode } }: Program): boolean {
  return exitCode === null && signalCode === null;
}

async function login(url: string, origin: string, email: string, password: string) {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    headers: { Origin: origin },
    body: new URLSearchParams({ email, password }),
    redirect: "manual",
  });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  if (response.status >= 400 || cookies.length === 0) {
    throw new Error(`${email} was not signed in: ${response.status}\n${await response.text()}`);
  }
  await response.body?.cancel();
  return cookies.join("; ");
}
