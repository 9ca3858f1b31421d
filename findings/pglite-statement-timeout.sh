#!/usr/bin/env bash
# Guess: A statement over its timeout is cancelled, or the setting is refused.
# What happens: `set statement_timeout = 100` succeeds and `show` repeats it; a query then runs on
#   for as long as it likes, and Node with it stands still.
# Version: PGlite 0.5.16
# Why it matters: An operator believes the server guarded against one expensive search; on the
#   embedded database it stops every open file and every other request.
# Tapview: docs/decisions/0008-embedded-database.md says so; queries are bounded by their own
#   limits there.
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

await db.exec("set statement_timeout = 100");
const [{ statement_timeout }] = (await db.query("show statement_timeout")).rows;
let ticks = 0;
const timer = setInterval(() => ticks++, 10);
await sleep(100);
const before = ticks;
const start = performance.now();
const outcome = await db
  .query("select count(*) from generate_series(1, 2000000) a where a::text like '%7%'")
  .then(() => "answered", (error) => error.message);
const ms = Math.round(performance.now() - start);
clearInterval(timer);
console.log(`PGlite 0.5.16: timeout ${statement_timeout}, ${outcome} after ${ms} ms; the 10 ms timer fired`, ticks - before, "times meanwhile,", before, "in 100 ms before");
const asStated = outcome === "answered" && ms > 200 && ticks - before <= 1;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
