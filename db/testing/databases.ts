import { randomUUID } from "node:crypto";
import postgres from "postgres";

/**
 * Creates a database beside the one that the URL names.
 *
 * @param admin a database whose user may create others
 * @param options.prefix what its name begins with
 * @param options.template the database to copy; without it the new one is empty
 * @returns the new database's URL
 */
export async function createDatabase(
  admin: string,
  { prefix = "test", template }: { prefix?: string; template?: string } = {},
): Promise<string> {
  const name = `${prefix}_${randomUUID().replaceAll("-", "")}`;
  await onServer(admin, (client) =>
    template
      ? client`create database ${client(name)} template ${client(nameOf(template))}`
      : client`create database ${client(name)} template template0`,
  );
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops a database that createDatabase made, with every connection to it. */
export async function dropDatabase(admin: string, url: string): Promise<void> {
  await onServer(
    admin,
    (client) => client`drop database if exists ${client(nameOf(url))} with (force)`,
  );
}

function nameOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

async function onServer(
  admin: string,
  work: (client: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const client = postgres(admin, { max: 1, onnotice: () => {} });
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
