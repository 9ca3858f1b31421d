#!/usr/bin/env bash
# Guess: `${[new Date()]}::timestamptz[]` works as `${["a"]}::text[]` does.
# What happens: The parameter is declared by its first element, so a list of dates goes out as one
#   timestamptz: "cannot cast type timestamp with time zone to timestamp with time zone[]". Texts
#   and numbers pass, since their elements have no declared type.
# Version: postgres.js 3.4.9
# Why it matters: The same helper for `= any(…)` works for ids of one table and fails for
#   another's; the message blames the cast, which is right.
# Tapview: Lists go out as arrays of texts or of numbers (db/raw-sql/any-of.server.ts); times as
#   ISO texts inside JSON.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund postgres@3.4.9 @electric-sql/pglite-socket@0.2.17 >/dev/null
cat >probe.mjs <<'JS'
import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import postgres from "postgres";

const { version } = JSON.parse(readFileSync("node_modules/postgres/package.json", "utf8"));
// A real PostgreSQL in this process, behind a socket.
const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0 });
await server.start();
const sql = postgres(`postgres://postgres@${server.getServerConn()}/postgres`, { max: 1 });

const tried = {
  texts: () => sql`select ${["a"]}::text[] as list`,
  numbers: () => sql`select ${[1]}::int[] as list`,
  dates: () => sql`select ${[new Date(0)]}::timestamptz[] as list`,
  bigints: () => sql`select ${[10n]}::bigint[] as list`,
  booleans: () => sql`select ${[true]}::bool[] as list`,
};
const seen = {};
for (const [kind, query] of Object.entries(tried)) {
  seen[kind] = await query().then(([{ list }]) => `works: ${JSON.stringify(list)}`, (error) => error.message);
}
console.log("postgres.js", version, seen);
const asStated =
  ["texts", "numbers"].every((kind) => seen[kind].startsWith("works")) &&
  ["dates", "bigints", "booleans"].every((kind) => seen[kind].startsWith("cannot cast type"));
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
