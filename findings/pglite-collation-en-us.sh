#!/usr/bin/env bash
# Guess: `order by name collate "en_US.utf8"` sorts as people do: a, ä, B, c, é, Z.
# What happens: The collation exists and sorts B, Z, a, c, ä, é, exactly like "C". `unicode`,
#   PostgreSQL's own, sorts right; the ICU collations that every server has ("en-x-icu") are not
#   there.
# Version: PGlite 0.5.16
# Why it matters: A list of people in order of name is right on the server and wrong in the trial
#   on the embedded database, with the same migrations and no error.
# Tapview: No list is sorted by name in SQL; conversations stand by their time (app/models/inbox).
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

const sorted = async (collation) =>
  (
    await db.query(
      `select string_agg(name, ' ' order by name collate "${collation}") as names
       from (values ('a'), ('B'), ('c'), ('ä'), ('Z'), ('é')) v (name)`,
    ).catch((error) => ({ rows: [{ names: error.message }] }))
  ).rows[0].names;
const seen = {};
for (const collation of ["C", "en_US.utf8", "unicode", "en-x-icu"]) seen[collation] = await sorted(collation);
console.log("PGlite 0.5.16", seen);
const asStated = seen["en_US.utf8"] === seen.C && seen.unicode === "a ä B c é Z" && seen["en-x-icu"].includes("does not exist");
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
