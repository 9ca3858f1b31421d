#!/usr/bin/env bash
# Guess: Each `listen()` returns a function that ends that listening, and no other.
# What happens: Listeners are told apart by their function: two of one function on one channel are
#   one, and ending the first leaves the second deaf, though nobody ended it.
# Version: PGlite 0.5.16
# Why it matters: A supervisor that listens anew before it ends the old listening (so as to miss
#   nothing) goes deaf for good, without an error.
# Tapview: db/open.server.ts makes a function of its own for each listening. (Live pages once went
#   deaf after a quiet minute.)
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

const heard = [];
const hear = (payload) => heard.push(payload);
const endFirst = await db.listen("news", hear);
await db.listen("news", hear);
await db.query("select pg_notify('news', 'both')");
await sleep(50);
await endFirst();
await db.query("select pg_notify('news', 'the second alone')");
await sleep(50);
console.log("PGlite 0.5.16 heard", heard);
const asStated = JSON.stringify(heard) === '["both"]';
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
