#!/usr/bin/env bash
# Guess: A database in a folder calls fsync at each commit, as PostgreSQL does;
#   `relaxedDurability` has to be asked for.
# What happens: `show fsync` is off, and no fsync is made: not at the start, not for 100 commits,
#   not at a checkpoint. Killing the process loses nothing, since the system has the bytes; a
#   power cut may lose acknowledged rows, or leave pages and log at odds.
# Version: PGlite 0.5.16
# Why it matters: Whoever chooses the embedded database for a small office believes an
#   acknowledged message safe from a power cut.
# Tapview: Nothing: docs/decisions/0008-embedded-database.md names the price, and PostgreSQL is
#   there for whoever needs more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @electric-sql/pglite@0.5.16 >/dev/null
cat >probe.mjs <<'JS'
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

let syncs = 0;
for (const name of ["fsync", "fsyncSync", "fdatasync", "fdatasyncSync"]) {
  const original = fs[name];
  fs[name] = (...args) => {
    syncs++;
    return original(...args);
  };
}
syncBuiltinESMExports();
fs.fsyncSync(fs.openSync("package.json", "r+"));
if (syncs !== 1) throw new Error("the counter doesn't count");
syncs = 0;

const { PGlite } = await import("@electric-sql/pglite");
const db = await PGlite.create("./data");
await db.exec("create table t (a int)");
for (let i = 0; i < 100; i++) await db.query("insert into t values ($1)", [i]);
await db.exec("checkpoint");
const { fsync, synchronous_commit } = (
  await db.query("select current_setting('fsync') fsync, current_setting('synchronous_commit') synchronous_commit")
).rows[0];
await db.close();
console.log("PGlite 0.5.16 in a folder, 100 commits and a checkpoint:", { syncs, fsync, synchronous_commit });
const asStated = syncs === 0 && fsync === "off";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
