import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { serverOwner } from "./server.ts";

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "300",
};
const WITHOUT_DURABILITY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
/** The signals of a fast and of an immediate shutdown; the latter flushes nothing. */
const SIGNALS = { clean: "SIGINT", immediate: "SIGQUIT" } as const;

export interface ServerOptions {
  /** The folder of the program postgres. */
  binaries: string;
  /** Where it runs. */
  folder: string;
  /** What initdb made. */
  data: string;
  port: number;
  /** Whom it runs as, where this process is root. */
  owner: ReturnType<typeof serverOwner>;
  durable: boolean;
}

export interface RunningServer {
  process: ChildProcess;
  url: string;
}

/**
 * Starts PostgreSQL and waits until it answers.
 *
 * @throws with what it wrote, when it doesn't
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { binaries, folder, data, port, owner, durable } = options;
  const settings = Object.entries({ ...SETTINGS, ...(!durable && WITHOUT_DURABILITY) });
  const server = spawn(
    path.join(binaries, "postgres"),
    [
      ...["-D", data, "-p", `${port}`],
      ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { ...owner, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  let output = "";
  server.stderr.on("data", (chunk) => {
    output = `${output}${chunk}`.slice(-10_000);
  });
  server.on("error", (error) => {
    output += error.message;
  });
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  if (await accepts(server, url)) return { process: server, url };
  server.kill("SIGQUIT");
  throw new Error(`PostgreSQL did not start: ${output}`);
}

/** Safe to call for a server that has ended. */
export async function endServer(
  { process: server }: RunningServer,
  how: keyof typeof SIGNALS,
): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill(SIGNALS[how]);
  const timer = setTimeout(() => server.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

async function accepts(server: ChildProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const client = postgres(url, { max: 1, onnotice: () => {}, backoff: () => 0 });
  try {
    while (server.exitCode === null && Date.now() < deadline) {
      const answered = await client`select 1`.then(
        () => true,
        () => false,
      );
      if (answered) return true;
      await sleep(50);
    }
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}
