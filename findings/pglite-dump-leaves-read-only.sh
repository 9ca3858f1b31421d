#!/usr/bin/env bash
# Guess: A dump reads, and leaves the session as it was.
# What happens: The instance stays in the dump's transaction: every write fails with "cannot
#   execute … in a read-only transaction", and `row_security` is off, until somebody says rollback
#   and resets it.
# Version: pglite-tools 0.4.8 with PGlite 0.5.16
# Why it matters: A backup that an operator starts while the product runs stops it from taking
#   messages in; and a query under policies fails or shows what it did not before.
# Tapview: pgDump is not used; tests copy a whole folder (`dumpDataDir`,
#   db/testing/embedded.global.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund --legacy-peer-deps @electric-sql/pglite@0.5.16 @electric-sql/pglite-tools@0.4.8 >/dev/null
cat >probe.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";

const db = await PGlite.create();

await db.exec("create table t (a int)");
const state = async () =>
  (await db.query("select current_setting('transaction_read_only') as read_only, current_setting('row_security') as row_security")).rows[0];
const before = await state();
const dump = await pgDump({ pg: db });
const after = await state();
const write = await db.query("insert into t values (1)").then(() => "written", (error) => error.message);
console.log("pglite-tools 0.4.8, a dump of", (await dump.text()).length, "characters:", { before, after, write });
const asStated = after.read_only === "on" && after.row_security === "off" && write.includes("read-only");
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
