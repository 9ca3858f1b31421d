#!/usr/bin/env bash
# Guess: The same migrations run on both engines of one dialect.
# What happens: Without "--> statement-breakpoint" between them drizzle hands both statements to
#   the client at once: postgres.js sends them by the simple protocol, which takes any number,
#   PGlite prepares them, which takes one: "cannot insert multiple commands into a prepared
#   statement".
# Version: drizzle-orm 0.45.4, postgres.js 3.4.9, PGlite 0.5.16
# Why it matters: A migration written by hand (policies, functions, triggers) passes on the server
#   and stops an installation on the embedded database at its start.
# Tapview: Every statement of db/migrations ends with a breakpoint, and all migrations run on both
#   engines in the tests.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund drizzle-orm@0.45.4 postgres@3.4.9 @electric-sql/pglite-socket@0.2.17 >/dev/null
cat >probe.mjs <<'JS'
import fs from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { drizzle as overPGlite } from "drizzle-orm/pglite";
import { migrate as migratePGlite } from "drizzle-orm/pglite/migrator";
import { drizzle as overPostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

fs.mkdirSync("migrations/meta", { recursive: true });
fs.writeFileSync("migrations/both.sql", "create table a ();\ncreate table b ();\n");
fs.writeFileSync(
  "migrations/meta/_journal.json",
  JSON.stringify({ version: "7", dialect: "postgresql", entries: [{ idx: 0, version: "7", when: 1, tag: "both", breakpoints: true }] }),
);
const said = (migration) => migration.then(() => "runs", (error) => (error.cause ?? error).message);

const behindSocket = new PGLiteSocketServer({ db: await PGlite.create(), host: "127.0.0.1", port: 0 });
await behindSocket.start();
const sql = postgres(`postgres://postgres@${behindSocket.getServerConn()}/postgres`, { max: 1, onnotice: () => {} });
const seen = {
  "postgres.js": await said(migratePostgres(overPostgres(sql), { migrationsFolder: "migrations" })),
  PGlite: await said(migratePGlite(overPGlite(await PGlite.create()), { migrationsFolder: "migrations" })),
};
console.log("drizzle-orm 0.45.4", seen);
const asStated = seen["postgres.js"] === "runs" && seen.PGlite.includes("multiple commands");
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
