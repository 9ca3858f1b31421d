#!/usr/bin/env bash
# Guess: `Accept-Encoding: gzip;q=0` says that gzip is not acceptable (RFC 9110 12.5.3), so the
#   plain file comes.
# What happens: The word "gzip" anywhere in the header is enough: the .gz file comes.
# Version: sirv 3.0.2
# Why it matters: Proxies and embedded devices that can't unpack say so this way, and are sent a
#   script or a style sheet that they can't read.
# Tapview: sirv serves no packed files here (server/assets.ts); `compression`, which heeds the
#   zero, packs them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund sirv@3.0.2 >/dev/null
cat >probe.mjs <<'JS'
import { mkdirSync, writeFileSync } from "node:fs";
import http from "node:http";
import { gzipSync } from "node:zlib";
import sirv from "sirv";

mkdirSync("public");
writeFileSync("public/file.js", "let a = 1;");
writeFileSync("public/file.js.gz", gzipSync("let a = 1;"));
const server = http.createServer(sirv("public", { gzip: true }));
server.listen(0, "127.0.0.1", async () => {
  const encodingFor = (accept) =>
    new Promise((done) => {
      const headers = { "accept-encoding": accept };
      http.get({ port: server.address().port, path: "/file.js", headers }, (answer) => {
        answer.resume();
        done(answer.headers["content-encoding"] ?? "none");
      });
    });
  const seen = {};
  for (const accept of ["identity", "gzip", "gzip;q=0"]) seen[accept] = await encodingFor(accept);
  console.log("sirv 3.0.2, Accept-Encoding and what came:", seen);
  const asStated = seen.identity === "none" && seen.gzip === "gzip" && seen["gzip;q=0"] === "gzip";
  console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
  process.exit(asStated ? 0 : 1);
});
JS
node probe.mjs
