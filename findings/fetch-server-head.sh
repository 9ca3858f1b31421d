#!/usr/bin/env bash
# Guess: The bridge sends the headers and cancels the body, so that its source can let go.
# What happens: Nothing is told to the stream: no `cancel()`, no end. What it holds (a socket to
#   another host, a file) stays open for good.
# Version: @remix-run/node-fetch-server 0.14.2
# Why it matters: Link previews, players and monitors send HEAD; each leaves a connection to
#   WhatsApp open until none is left.
# Tapview: A HEAD is answered from the look-up alone, without a download (app/media), and
#   server/bridge.ts cancels what it doesn't send.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @remix-run/node-fetch-server@0.14.2 >/dev/null
cat >probe.mjs <<'JS'
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createRequestListener } from "@remix-run/node-fetch-server";

const seen = { pulls: 0, cancelled: false };
const answer = () =>
  new Response(
    new ReadableStream(
      {
        pull(controller) {
          seen.pulls++;
          controller.enqueue(new Uint8Array(1000));
        },
        cancel() {
          seen.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    ),
  );
const server = http.createServer(createRequestListener(answer));
server.listen(0, "127.0.0.1", async () => {
  const ask = (method, then) => http.request({ method, port: server.address().port }, then).end();
  await new Promise((done) => ask("HEAD", (response) => response.resume().on("end", done)));
  await sleep(300);
  const head = { ...seen };
  // A client that leaves a GET: then the same server does cancel.
  await new Promise((done) => ask("GET", (response) => response.once("data", () => response.destroy(done())).on("error", () => {})));
  await sleep(300);
  console.log("node-fetch-server 0.14.2, after HEAD", head, "after a GET whose client left", seen);
  const asStated = !head.cancelled && head.pulls === 0 && seen.cancelled;
  console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
  process.exit(asStated ? 0 : 1);
});
JS
node probe.mjs
