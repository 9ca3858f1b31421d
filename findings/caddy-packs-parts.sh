#!/usr/bin/env bash
# Guess: A 206 is left alone, as nginx and HAProxy leave it.
# What happens: The part is packed, its Content-Range counts the plain bytes, and its strong ETag
#   stays, so that packed and plain parts seem to be of one thing.
# Version: Caddy 2.6.2
# Why it matters: A document that a browser continues after a break is joined of packed and plain
#   halves.
# Tapview: Files carry types that `encode` doesn't pack by default, but for text, CSV and SVG;
#   these go whole (app/media).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in caddy; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install caddy)." >&2
    exit 2
  }
done
cat >probe.mjs <<'JS'
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";

const running = [];
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a program in the foreground that will listen there. */
async function start(port, command, ...args) {
  running.push(spawn(command, args, { stdio: "ignore", env: { ...process.env, HOME: process.cwd(), XDG_DATA_HOME: process.cwd(), XDG_CONFIG_HOME: process.cwd() } }));
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise((done) => {
      const socket = net.connect(port, "127.0.0.1", () => done(true)).on("error", () => done(false));
      socket.on("connect", () => socket.destroy());
    });
    if (open) return port;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${command} doesn't listen`);
}

async function caddy(origin, lines = "") {
  const port = await freePort();
  writeFileSync(
    "Caddyfile",
    `{\n admin off\n auto_https off\n}\nhttp://127.0.0.1:${port} {\n ${lines}\n reverse_proxy 127.0.0.1:${origin}\n}\n`,
  );
  return start(port, "caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile");
}

const said = (command, ...args) => execFileSync("bash", ["-c", `${[command, ...args].join(" ")} 2>&1 | head -1`], { encoding: "utf8" }).trim();

const origin = http.createServer((_, res) =>
  res
    .writeHead(206, { "content-type": "text/csv", "content-range": "bytes 0-4999/9000", "content-length": 5000, etag: '"one"' })
    .end("a".repeat(5000)),
);
origin.listen(0, "127.0.0.1");
await once(origin, "listening");
const at = await caddy(origin.address().port, "encode gzip");
const headers = { "accept-encoding": "gzip", range: "bytes=0-4999" };
const [answer] = await once(http.get({ host: "127.0.0.1", port: at, headers }), "response");
let bytes = 0;
for await (const chunk of answer) bytes += chunk.length;
const { "content-encoding": encoding, "content-range": range, etag } = answer.headers;
console.log("Caddy", said("caddy", "version"), answer.statusCode, { encoding, range, etag, bytes });
const asStated = answer.statusCode === 206 && encoding === "gzip" && range === "bytes 0-4999/9000" && bytes < 500;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
