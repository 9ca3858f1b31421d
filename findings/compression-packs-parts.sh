#!/usr/bin/env bash
# Guess: A 206 is left alone: its range counts bytes of what the whole would be.
# What happens: The part is packed like a whole, with the range of the plain bytes beside
#   Content-Encoding: gzip. Parts of it can't be joined, nor its length trusted.
# Version: compression 1.8.2
# Why it matters: A CSV, a text document or an SVG fetched in parts arrives broken; a player that
#   asks for ranges of subtitles fails.
# Tapview: Media is sent `no-transform` and left out of the filter (server/listener.ts); of the
#   app's own files none is sent in parts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund compression@1.8.2 >/dev/null
cat >probe.mjs <<'JS'
import http from "node:http";
import compression from "compression";

const pack = compression({ threshold: 0 });
const server = http.createServer((req, res) =>
  pack(req, res, () => {
    res.writeHead(206, { "content-type": "text/csv", "content-range": "bytes 0-999/5000", "content-length": "1000" });
    res.end("a".repeat(1000));
  }),
);
server.listen(0, "127.0.0.1", () => {
  const headers = { "accept-encoding": "gzip", range: "bytes=0-999" };
  http.get({ port: server.address().port, headers }, (answer) => {
    let bytes = 0;
    answer.on("data", (chunk) => (bytes += chunk.length));
    answer.on("end", () => {
      const { "content-range": range, "content-encoding": encoding } = answer.headers;
      console.log("compression 1.8.2:", answer.statusCode, { range, encoding, bytes });
      const asStated = answer.statusCode === 206 && encoding === "gzip" && range === "bytes 0-999/5000" && bytes < 200;
      console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
      process.exit(asStated ? 0 : 1);
    });
  });
});
JS
node probe.mjs
