#!/usr/bin/env bash
# Guess: `redact: ["err.message"]` keeps an error's message out of the log.
# What happens: It is copied to `msg` and stands in `err.stack`, neither of which the path covers.
# Version: pino 10.4.0
# Why it matters: Messages of database and HTTP errors carry parameters and addresses: a token's
#   hash stood in a log whose redaction had been set up with care.
# Tapview: Errors are reduced by app/process/error-details.ts, and `errorKey` is moved off `err`,
#   so that nothing is copied (app/process/log.server.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund pino@10.4.0 >/dev/null
cat >probe.mjs <<'JS'
import pino from "pino";

let line = "";
const log = pino({ redact: ["err.message"] }, { write: (text) => (line = text) });
log.error({ err: new Error("token s3cret refused") });
const { msg, err } = JSON.parse(line);
console.log("pino 10.4.0:", { msg, message: err.message, stack: err.stack.split("\n")[0] });
const asStated = err.message === "[Redacted]" && msg.includes("s3cret") && err.stack.includes("s3cret");
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
