import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { freePort } from "#e2e/free-port.ts";
import { findServerBinaries, serverOwner } from "./server.ts";

const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "300",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};

/** A PostgreSQL server for one test run, in a temporary folder. */
export interface Cluster {
  /** Its maintenance database. */
  url: string;
  /** Ends the server and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
  /** The same without waiting, for a process that is about to die. */
  kill(): void;
}

/**
 * Starts a throwaway server on a free port of this machine, without a password and without
 * durability.
 *
 * @throws when no server binaries are found, or the server doesn't start; the message has its output
 */
export async function startCluster(): Promise<Cluster> {
  const binaries = findServerBinaries();
  if (!binaries) throw new Error("No PostgreSQL server binaries found.");
  const owner = serverOwner();
  const folder = mkdtempSync(path.join(reachableTemporaryFolder(), "tapview-postgres-"));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  try {
    initialise(binaries, folder, owner);
    return await startOnFreePort(binaries, folder, owner);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

type Owner = ReturnType<typeof serverOwner>;

/** Another user than ours can't enter a private temporary folder. */
function reachableTemporaryFolder(): string {
  if (process.getuid?.() !== 0) return tmpdir();
  const open = (folder: string): boolean =>
    existsSync(folder) &&
    (statSync(folder).mode & 0o001) !== 0 &&
    (path.dirname(folder) === folder || open(path.dirname(folder)));
  return [tmpdir(), "/tmp", "/var/tmp"].find(open) ?? tmpdir();
}

function initialise(binaries: string, folder: string, owner: Owner): void {
  const { status, stderr, error } = spawnSync(
    path.join(binaries, "initdb"),
    ["-D", dataFolder(folder), "-A", "trust", "-U", "test", "-E", "UTF8", "--locale=C", "-N"],
    { ...owner, cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
}

async function startOnFreePort(binaries: string, folder: string, owner: Owner): Promise<Cluster> {
  let failure = "";
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const port = await freePort();
    const server = spawn(
      path.join(binaries, "postgres"),
      [
        "-D",
        dataFolder(folder),
        "-p",
        `${port}`,
        ...Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
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
    if (await accepts(server, url)) return cluster(server, url, folder);
    server.kill("SIGQUIT");
    failure = output;
  }
  throw new Error(`PostgreSQL did not start: ${failure}`);
}

async function accepts(server: ChildProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    while (server.exitCode === null && Date.now() < deadline) {
      const answered = await client`select 1`.then(
        () => true,
        () => false,
      );
      if (answered) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}

function cluster(server: ChildProcess, url: string, folder: string): Cluster {
  // SIGQUIT is an immediate shutdown: nothing is flushed, because nothing is kept.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  return {
    url,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const ended = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGQUIT");
        const timer = setTimeout(() => server.kill("SIGKILL"), STOP_TIMEOUT_MS);
        await ended;
        clearTimeout(timer);
      }
      remove();
    },
    kill: () => {
      server.kill("SIGQUIT");
      remove();
    },
  };
}

function dataFolder(folder: string): string {
  return path.join(folder, "data");
}
