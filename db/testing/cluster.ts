import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "#tests/support/app/free-port.ts";
import { findServerBinaries, serverOwner } from "./server.ts";
import { endServer, type ServerOptions, startServer } from "./server-process.ts";

const START_ATTEMPTS = 3;

/** A PostgreSQL server for one test run, in a temporary folder. */
export interface Cluster {
  /** Its maintenance database. */
  url: string;
  /** Ends the server cleanly, cutting its connections. Its data and its port stay for startAgain. */
  shutDown(): Promise<void>;
  startAgain(): Promise<void>;
  /** Ends the server and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
  /** The same without waiting, for a process that is about to die. */
  kill(): void;
}

/**
 * Starts a throwaway server on a free port of this machine, without a password.
 *
 * @param options.durable true for the settings of production: a commit is on the disk. Otherwise
 *   it is faster, and what a crash of the machine or of the server leaves is unusable
 * @throws when no server binaries are found, or the server doesn't start; the message has its output
 */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  const binaries = findServerBinaries();
  if (!binaries) throw new Error("No PostgreSQL server binaries found.");
  const owner = serverOwner();
  const folder = mkdtempSync(path.join(reachableTemporaryFolder(), "tapview-postgres-"));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const server = { binaries, folder, data: path.join(folder, "data"), owner, durable };
  try {
    initialise(server);
    return await startOnFreePort(server);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Another user than ours can't enter a private temporary folder. */
function reachableTemporaryFolder(): string {
  if (process.getuid?.() !== 0) return tmpdir();
  const open = (folder: string): boolean =>
    existsSync(folder) &&
    (statSync(folder).mode & 0o001) !== 0 &&
    (path.dirname(folder) === folder || open(path.dirname(folder)));
  return [tmpdir(), "/tmp", "/var/tmp"].find(open) ?? tmpdir();
}

function initialise({ binaries, folder, data, owner }: Omit<ServerOptions, "port">): void {
  const { status, stderr, error } = spawnSync(
    path.join(binaries, "initdb"),
    ["-D", data, "-A", "trust", "-U", "test", "-E", "UTF8", "--locale=C", "-N"],
    { ...owner, cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
}

async function startOnFreePort(options: Omit<ServerOptions, "port">): Promise<Cluster> {
  let failure: unknown;
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    try {
      return await startOnPort({ ...options, port: await freePort() });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function startOnPort(options: ServerOptions): Promise<Cluster> {
  let server = await startServer(options);
  const remove = () => rmSync(options.folder, { recursive: true, force: true, maxRetries: 3 });
  return {
    url: server.url,
    shutDown: () => endServer(server, "clean"),
    startAgain: async () => {
      server = await startServer(options);
    },
    stop: async () => {
      await endServer(server, "immediate");
      remove();
    },
    kill: () => {
      void endServer(server, "immediate");
      remove();
    },
  };
}
