#!/usr/bin/env bash
# Guess: A stream is read as fast as the client takes it, as `pipe()` does.
# What happens: `writeReadableStreamToWritable`, which remix-serve and the Express adapter use,
#   ignores what `write()` returns: all of the stream waits in memory.
# Version: @remix-run/node 2.17.5
# Why it matters: Ten phones with a bad connection, each on a 100 MB video, took a stock server
#   from 72 MB to a gigabyte.
# Tapview: A server of its own (server/bridge.ts) and a body that is paused at its source
#   (app/media/flow/transfer.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @remix-run/node@2.17.5 >/dev/null
cat >probe.mjs <<'JS'
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { writeReadableStreamToWritable } from "@remix-run/node";

const MB = 2 ** 20;
let pulled = 0;
const file = new ReadableStream(
  {
    pull(controller) {
      if (pulled === 50) return controller.close();
      pulled++;
      controller.enqueue(new Uint8Array(MB));
    },
  },
  { highWaterMark: 0 },
);
const client = new Writable({ write() {} });
writeReadableStreamToWritable(file, client).catch(() => {});
await sleep(1000);
console.log(`@remix-run/node 2.17.5 has read ${pulled} of 50 MB; waiting in memory: ${client.writableLength / MB} MB, high-water mark ${client.writableHighWaterMark / 1024} kB`);
const asStated = pulled === 50 && client.writableLength >= 49 * MB;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
