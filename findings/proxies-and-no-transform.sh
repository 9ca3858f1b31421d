#!/usr/bin/env bash
# Guess: A proxy that packs leaves alone what is sent with no-transform: that is what it is for
#   (RFC 9111 5.2.2.6: "an intermediary MUST NOT transform the content").
# What happens: With gzip on, nginx and Caddy pack it all the same and take Content-Length away;
#   HAProxy heeds it, as its manual says.
# Version: nginx 1.22.1, Caddy 2.6.2, HAProxy 2.6.12
# Why it matters: A file loses its length (no progress, no seeking), its hash is of other bytes,
#   and a stream of live updates waits in the packer. What the app says in its headers doesn't
#   help.
# Tapview: docs/operating.md asks not to buffer /media/ and /events; packing there is the proxy's
#   own setting (gzip_types, encode).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in nginx caddy haproxy; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install nginx-light caddy haproxy)." >&2
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

/** nginx before an origin, with these lines in its server block. */
async function nginx(origin, lines = "") {
  const port = await freePort();
  const folder = process.cwd();
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name}${port};`).join(" ");
  writeFileSync(
    `nginx${port}.conf`,
    `daemon off; master_process off; pid ${folder}/nginx${port}.pid; error_log ${folder}/nginx.log; events {}
     http { access_log off; ${temp} server { listen 127.0.0.1:${port}; ${lines} location / { proxy_pass http://127.0.0.1:${origin}; } } }`,
  );
  return start(port, "nginx", "-p", folder, "-c", `${folder}/nginx${port}.conf`);
}

async function haproxy(origin, lines = "") {
  const port = await freePort();
  writeFileSync(
    "haproxy.cfg",
    `defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
frontend in
  bind 127.0.0.1:${port}
  ${lines}
  default_backend out
backend out
  server origin 127.0.0.1:${origin}
`,
  );
  return start(port, "haproxy", "-f", "haproxy.cfg");
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

const body = "a".repeat(5000);
const origin = http.createServer((_, res) =>
  res.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store, no-transform", "content-length": body.length }).end(body),
);
origin.listen(0, "127.0.0.1");
await once(origin, "listening");
const { port } = origin.address();
const proxies = {
  nginx: await nginx(port, "gzip on; gzip_proxied any; gzip_types text/plain;"),
  caddy: await caddy(port, "encode gzip"),
  haproxy: await haproxy(port, "filter compression\n  compression algo gzip\n  compression type text/plain"),
};
const seen = {};
for (const [name, at] of Object.entries(proxies)) {
  const [answer] = await once(http.get({ host: "127.0.0.1", port: at, headers: { "accept-encoding": "gzip" } }), "response");
  answer.resume();
  seen[name] = answer.headers["content-encoding"] ?? "as it was";
}
console.log(said("nginx", "-v"), "|", said("caddy", "version"), "|", said("haproxy", "-v"));
console.log("no-transform, asked for with gzip:", seen);
const asStated = seen.nginx === "gzip" && seen.caddy === "gzip" && seen.haproxy === "as it was";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
