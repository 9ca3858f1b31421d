#!/usr/bin/env bash
# Guess: `${"true"}::bool` is true, as PostgreSQL itself reads the word, or is refused.
# What happens: The client turns whatever is not `=== true` into `f`: "true", "t", "on" and 1 all
#   become false, without an error.
# Version: postgres.js 3.4.9
# Why it matters: What comes from a form, an address or an environment variable is text; a switch
#   that somebody turned on is written down as off.
# Tapview: No text reaches a boolean: forms are parsed by zod first, and columns are written from
#   typed rows (app/models).
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
  select ${true}::bool as "true", ${"true"}::bool as "'true'", ${"t"}::bool as "'t'", ${"on"}::bool as "'on'",
         ${1}::bool as "1", 'true'::bool as "said in SQL"`;
console.log("postgres.js", version, row);
const asStated =
  row.true && row["said in SQL"] && !row["'true'"] && !row["'t'"] && !row["'on'"] && !row["1"];
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
