#!/usr/bin/env bash
# Guess: `hash(password, options, signal)` with an aborted signal rejects at once; one aborted
#   while it computes stops.
# What happens: The signal stops only what still waits for a thread. One that was aborted before
#   the call is not looked at, one that computes goes on, and both resolve with a hash.
# Version: @node-rs/argon2 2.2.1
# Why it matters: A sign-in whose client has left still costs its tenth of a second and 19 MB:
#   giving up on clients doesn't shed a flood of sign-ins.
# Tapview: No signal is given; wrong passwords are counted before the hash is computed
#   (app/auth/sign-in-throttle.server.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @node-rs/argon2@2.2.1 >/dev/null
cat >probe.mjs <<'JS'
import { hash } from "@node-rs/argon2";

const before = new AbortController();
before.abort();
const early = await hash("password", {}, before.signal).then((text) => text.slice(0, 9), (error) => error.message);

// Of 32 at once, most wait for a thread when the signal comes.
const crowd = new AbortController();
const outcomes = Array.from({ length: 32 }, () => hash("password", {}, crowd.signal).then(() => "hash", () => "aborted"));
setTimeout(() => crowd.abort(), 5);
const aborted = (await Promise.all(outcomes)).filter((outcome) => outcome === "aborted").length;

const meanwhile = new AbortController();
const start = performance.now();
const work = hash("password", { memoryCost: 65536, timeCost: 4 }, meanwhile.signal);
setTimeout(() => meanwhile.abort(), 20);
const late = await work.then((text) => text.slice(0, 9), (error) => error.message);
console.log("@node-rs/argon2 2.2.1:", { early, "aborted of 32": aborted, late, ms: Math.round(performance.now() - start) });
const asStated = early === "$argon2id" && aborted > 0 && late === "$argon2id" && meanwhile.signal.aborted;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
