#!/usr/bin/env bash
# Guess: Each migration in the journal whose hash is not in the table is run; a changed one is
#   told of.
# What happens: Only those dated after the latest row of the table are run. Of two branches, the
#   one merged later but generated earlier never runs where the other has; its tables are missing
#   and `migrate()` succeeds. A file that changed after it ran isn't noticed either.
# Version: drizzle-orm 0.45.4
# Why it matters: Every team with two branches meets it at the first deployment: tests make new
#   databases and pass, the running installation lacks a table.
# Tapview: /ready compares the number of applied migrations with the journal's
#   (db/migrations.server.ts), so a skipped one keeps the new version from being called ready.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund drizzle-orm@0.45.4 @electric-sql/pglite@0.5.16 >/dev/null
cat >probe.mjs <<'JS'
import fs from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";

fs.mkdirSync("migrations/meta", { recursive: true });
const journal = (...entries) =>
  fs.writeFileSync(
    "migrations/meta/_journal.json",
    JSON.stringify({
      version: "7",
      dialect: "postgresql",
      entries: entries.map(([tag, when], idx) => ({ idx, version: "7", when, tag, breakpoints: true })),
    }),
  );
for (const tag of ["first", "ours", "theirs"]) fs.writeFileSync(`migrations/${tag}.sql`, `create table ${tag} ()`);

const client = await PGlite.create();
const run = () => migrate(drizzle(client), { migrationsFolder: "migrations" });
journal(["first", 1000], ["ours", 3000]);
await run();
// Their branch was generated before ours, and is merged after it.
journal(["first", 1000], ["theirs", 2000], ["ours", 3000]);
await run();
const tables = (await client.query("select tablename from pg_tables where schemaname = 'public' order by 1")).rows.map((row) => row.tablename);
console.log("drizzle-orm 0.45.4: migrate() succeeded, tables", tables);
const asStated = JSON.stringify(tables) === '["first","ours"]';
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
