import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";

/** Whether the PostgreSQL tests can run: a server was named, or one can be started. */
export function canRunPostgres(): boolean {
  return Boolean(process.env.TEST_DATABASE_URL) || findServerBinaries() !== undefined;
}

/** The folder that holds initdb and postgres: of the PATH, or of the usual packages; newest first. */
export function findServerBinaries(): string | undefined {
  const candidates = [
    pgConfigFolder(),
    ...(process.env.PATH ?? "").split(path.delimiter),
    ...versions("/usr/lib/postgresql", "bin"),
    ...versions("/usr", "bin", /^pgsql-/),
    ...versions("/opt/homebrew/opt", "bin", /^postgresql@/),
    ...versions("/usr/local/opt", "bin", /^postgresql@/),
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
  ];
  const found = candidates.find(
    (folder) =>
      folder &&
      existsSync(path.join(folder, "initdb")) &&
      existsSync(path.join(folder, "postgres")),
  );
  // initdb looks for postgres and its share folder beside itself, so a link must be followed.
  return found && path.dirname(realpathSync(path.join(found, "initdb")));
}

/**
 * Whom the server runs as. PostgreSQL refuses to run as root.
 *
 * @throws when this is root and the system has neither a user postgres nor nobody
 */
export function serverOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) =>
      Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout),
    );
    if (uid && gid) return { uid, gid };
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as. " +
      "Run the tests as another user, or set TEST_DATABASE_URL.",
  );
}

function pgConfigFolder(): string | undefined {
  try {
    return execFileSync("pg_config", ["--bindir"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

function versions(parent: string, child: string, name = /^\d+$/): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((entry) => name.test(entry))
    .sort((a, b) => Number(b.replace(/\D/g, "")) - Number(a.replace(/\D/g, "")))
    .map((entry) => path.join(parent, entry, child));
}
