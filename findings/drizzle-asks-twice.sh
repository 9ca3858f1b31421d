#!/usr/bin/env bash
# Guess: postgres.js prepares a query once and then asks in one round trip, so drizzle over it
#   does too.
# What happens: drizzle asks by `unsafe()`, which postgres.js doesn't prepare by default: each
#   query is parsed and described, waited for, and only then bound and run. Of the same five
#   queries postgres.js sends 6 flights, drizzle 10.
# Version: drizzle-orm 0.45.4 with postgres.js 3.4.9
# Why it matters: At half a millisecond to the database a page of four queries waits two more;
#   behind a proxy in another zone, eight.
# Tapview: db/postgres/prepare-small-queries.server.ts has `unsafe` prepare (a media look-up went
#   from 0.95 to 0.43 ms).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund drizzle-orm@0.45.4 postgres@3.4.9 @electric-sql/pglite-socket@0.2.17 >/dev/null
cat >probe.mjs <<'JS'
import net from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

/** Five equal queries through a relay that counts what must be answered before the client goes on. */
async function flightsOf(ask) {
  const server = new PGLiteSocketServer({ db: await PGlite.create(), host: "127.0.0.1", port: 0 });
  await server.start();
  const [host, port] = server.getServerConn().split(":");
  let flights = 0;
  const relay = net.createServer((client) => {
    const upstream = net.connect(Number(port), host);
    client.on("data", () => flights++);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on("error", () => {});
  });
  await new Promise((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const client = postgres({ host: "127.0.0.1", port: relay.address().port, user: "postgres", database: "postgres", max: 1, fetch_types: false });
  await client.unsafe("select 1").simple();
  flights = 0;
  for (let i = 0; i < 5; i++) await ask(client, i);
  return flights;
}

const seen = {
  "postgres.js": await flightsOf((client, i) => client`select ${i}::int as n`),
  drizzle: await flightsOf((client, i) => drizzle(client).execute(sql`select ${i}::int as n`)),
};
console.log("flights for five queries:", seen);
const asStated = seen["postgres.js"] <= 6 && seen.drizzle === 10;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
