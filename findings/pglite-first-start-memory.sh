#!/usr/bin/env bash
# Guess: A database takes the same memory at each start; making the folder is over when `create()`
#   returns.
# What happens: The first start makes the database (initdb) inside the same process, and what that
#   took is never given back: some 800 MB resident, against some 350 at the next start of the same
#   folder.
# Version: PGlite 0.5.16
# Why it matters: A container of 512 MB is killed at its very first start and, restarted, looks
#   healthy; or the operator sizes it by the first.
# Tapview: Nothing: a server with PostgreSQL has none of it.
#   docs/decisions/0008-embedded-database.md names the price.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @electric-sql/pglite@0.5.16 >/dev/null
cat >probe.mjs <<'JS'
import { execFileSync } from "node:child_process";

const start = `
  import { PGlite } from "@electric-sql/pglite";
  const db = await PGlite.create("./data");
  await db.query("select 1");
  globalThis.gc();
  console.log(Math.round(process.memoryUsage().rss / 1e6));
  await db.close();`;
const megabytes = () =>
  Number(execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", start], { encoding: "utf8" }));
const first = megabytes();
const second = megabytes();
console.log(`PGlite 0.5.16: ${first} MB after the first start, ${second} MB after the second`);
const asStated = first > second * 1.5;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
