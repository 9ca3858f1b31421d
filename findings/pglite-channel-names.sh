#!/usr/bin/env bash
# Guess: `db.listen(name)` hears what `pg_notify(name, …)` sends, as in postgres.js, which quotes
#   the name.
# What happens: The name is put into LISTEN as it stands: `Inbox` hears `inbox` and not `Inbox`,
#   `inbox-1` is a syntax error, and a name of more than 63 letters listens to its first 63 but is
#   called by the whole.
# Version: PGlite 0.5.16
# Why it matters: pg_notify takes its channel as text and folds nothing, so the two sides of one
#   program never meet, without an error.
# Tapview: Channels have short names of lower-case letters and underscores
#   (app/live/inbox-channel.server.ts).
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
await db.listen("Inbox", (payload) => heard.push(payload));
await db.query("select pg_notify('Inbox', 'as it was named')");
await db.query("select pg_notify('inbox', 'in lower case')");
const dash = await db.listen("inbox-1", () => {}).then(() => "listens", (error) => error.message);
const long = "c".repeat(70);
await db.listen(long, () => heard.push("the long one"));
await db.exec(`notify ${long}`);
await sleep(50);
console.log("PGlite 0.5.16 heard", heard, "and with a dash:", dash);
const asStated = JSON.stringify(heard) === '["in lower case"]' && dash.startsWith("syntax error");
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
