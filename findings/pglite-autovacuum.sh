#!/usr/bin/env bash
# Guess: `show autovacuum` says on, so dead rows are collected and tables analysed within a
#   minute, as in PostgreSQL.
# What happens: There is no other process that could: dead rows stay, the file grows with every
#   update, and no table is ever analysed unless somebody says VACUUM or ANALYZE.
# Version: PGlite 0.5.16
# Why it matters: Counters, read marks and housekeeping rewrite rows all day. The folder grows by
#   each, and plans are made for tables of unknown size.
# Tapview: Nothing yet: housekeeping (app/operations) deletes rows on the embedded database, and
#   nobody vacuums behind it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @electric-sql/pglite@0.5.16 >/dev/null
cat >probe.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { setTimeout as sleep } from "node:timers/promises";

const db = await PGlite.create();

await db.exec("alter system set autovacuum_naptime = '1s'");
await db.exec("select pg_reload_conf()");
await db.exec(`
  create table counters (id int primary key, n int);
  insert into counters select g, 0 from generate_series(1, 1000) g;
  alter table counters set (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0)`);
const size = async () => (await db.query("select pg_relation_size('counters')::int as bytes")).rows[0].bytes;
const before = await size();
for (let round = 0; round < 30; round++) {
  await db.exec("update counters set n = n + 1");
  await sleep(100);
}
await sleep(2000);
const [{ on, ...seen }] = (await db.query(`
  select current_setting('autovacuum') as on, autovacuum_count::int, autoanalyze_count::int, n_dead_tup::int
  from pg_stat_user_tables where relname = 'counters'`)).rows;
const grown = (await size()) / before;
await db.exec("vacuum analyze counters");
console.log("PGlite 0.5.16: autovacuum is", on, "and after 30 updates of 1,000 rows", seen, `the table is ${grown.toFixed(1)} times as large`);
const asStated = on === "on" && seen.autovacuum_count === 0 && seen.autoanalyze_count === 0 && seen.n_dead_tup > 1000;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
