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
  const url = new URL(admin);
  url.pathname = `/${prefix}_${randomUUID().replaceAll("-", "")}`;
  await onServer(admin, (client) => create(client, url.href, template));
  return url.href;
}

/** Makes a database of createDatabase anew, as a copy of another one. Cuts every connection to it. */
export async function replaceDatabase(admin: string, url: string, template: string): Promise<void> {
  await onServer(admin, async (client) => {
    await drop(client, url);
    await create(client, url, template);
  });
}

/** Drops a database that createDatabase made, with every connection to it. */
export async function dropDatabase(admin: string, url: string): Promise<void> {
  await onServer(admin, (client) => drop(client, url));
}

async function create(client: postgres.Sql, url: string, template?: string): Promise<void> {
  const copied = template ? nameOf(template) : "template0";
  await client`create database ${client(nameOf(url))} template ${client(copied)}`;
}

async function drop(client: postgres.Sql, url: string): Promise<void> {
  await client`drop database if exists ${client(nameOf(url))} with (force)`;
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
