#!/usr/bin/env bash
# Guess: Both are clients of PostgreSQL, so a program that runs on either sees the same values.
# What happens: A bigint is a text in postgres.js, always; in PGlite it is a number or a BigInt,
#   whichever the value needs. A JSON text given for jsonb becomes an object in PGlite, and in
#   postgres.js a JSON string that holds the text.
# Version: postgres.js 3.4.9 with PGlite 0.5.14
# Why it matters: A product that offers an embedded database for small installations and a server
#   for large ones is tested on one and run on the other: ids compare unequal, a sum of a number
#   and a BigInt throws on the day it is large, JSON is stored doubly encoded.
# Tapview: drizzle switches the JSON conversion of postgres.js off; raw SQL casts a bigint to float8
#   (db/raw-sql/); the tests of app/models run on both.
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

const json = JSON.stringify({ a: 1 });
const QUERY = "select 1::bigint as small, 9007199254740993::bigint as large, jsonb_typeof($1::jsonb) as json";
const shown = ({ small, large, json }) => ({ "bigint 1": typeof small, "bigint 2^53 + 1": typeof large, "a JSON text for jsonb": json });
const remote = shown((await sql.unsafe(QUERY, [json]))[0]);
await sql.end();
const local = shown((await db.query(QUERY, [json])).rows[0]);
console.log("the same database by postgres.js", version, remote, "and PGlite 0.5.14", local);
const asStated =
  Object.values(remote).join() === "string,string,string" && Object.values(local).join() === "number,bigint,object";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
