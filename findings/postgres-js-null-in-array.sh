#!/usr/bin/env bash
# Guess: `select array['a', null]` gives `["a", null]`.
# What happens: It gives `["a", "NULL"]`, an array of numbers `[1, NaN]`, one of times an invalid
#   Date. What is sent is right: only reading is wrong.
# Version: postgres.js 3.4.9
# Why it matters: A list that `array_agg` gathers over an outer join (labels of a conversation,
#   names of its members) shows a person called NULL who isn't there.
# Tapview: No query reads an array that can hold a null; lists are gathered as JSON
#   (app/models/messages).
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

const [row] = await sql`
  select array['a', null, 'NULL'] as texts, array[1, null] as numbers, array[now(), null] as times,
         array_position(${["a", null]}::text[], null) as "place of a null that was sent"`;
console.log("postgres.js", version, row);
const asStated =
  JSON.stringify(row.texts) === '["a","NULL","NULL"]' &&
  Number.isNaN(row.numbers[1]) &&
  Number.isNaN(row.times[1]?.getTime()) &&
  row["place of a null that was sent"] === 2;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
