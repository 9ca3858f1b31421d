#!/usr/bin/env bash
# Guess: `GET http://example.org/login HTTP/1.1` (RFC 9112 3.2.2: a server MUST accept it) is the
#   same as `GET /login` with `Host: example.org`.
# What happens: The target is put behind the host: the handler sees
#   `http://example.orghttp//example.org/login`, whose host is "example.orghttp".
# Version: @remix-run/node-fetch-server 0.14.2
# Why it matters: HAProxy hands such a target on as it came, and old proxies and monitors send it;
#   they get 404, and what is built from the address (redirects, origin checks) has a host of
#   nobody.
# Tapview: server/ turns it into a path first, its authority winning over Host;
#   tests/server/absolute-form.built.test.ts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @remix-run/node-fetch-server@0.14.2 >/dev/null
cat >probe.mjs <<'JS'
import http from "node:http";
import net from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";

let seen;
const server = http.createServer(
  createRequestListener((request) => {
    seen = request.url;
    return new Response("ok");
  }),
);
server.listen(0, "127.0.0.1", async () => {
  const ask = (line) =>
    new Promise((done) => {
      const socket = net.connect(server.address().port, "127.0.0.1", () => socket.write(`${line}\r\nHost: example.org\r\nConnection: close\r\n\r\n`));
      socket.resume().on("close", () => done(seen));
    });
  const path = await ask("GET /login HTTP/1.1");
  const whole = await ask("GET http://example.org/login HTTP/1.1");
  console.log("node-fetch-server 0.14.2 sees", { path, whole });
  const asStated = path === "http://example.org/login" && new URL(whole).host === "example.orghttp";
  console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
  process.exit(asStated ? 0 : 1);
});
JS
node probe.mjs
