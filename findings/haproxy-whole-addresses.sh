#!/usr/bin/env bash
# Guess: Every proxy sends its origin a path (RFC 9112 3.2.1: the origin form is what one sends to
#   an origin server).
# What happens: `GET http://inbox.example/login` reaches the app behind HAProxy unchanged, so
#   `req.url` in Node begins with "http:"; behind nginx it is "/login".
# Version: HAProxy 2.6.12 beside nginx 1.22.1
# Why it matters: Node doesn't parse it either, so routes, walls that look at the path, and
#   addresses built from it meet a form that no test had.
# Tapview: The server takes it to pieces before anything looks at it;
#   tests/server/absolute-form.built.test.ts.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in nginx haproxy; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install nginx-light haproxy)." >&2
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

const said = (command, ...args) => execFileSync("bash", ["-c", `${[command, ...args].join(" ")} 2>&1 | head -1`], { encoding: "utf8" }).trim();

const origin = http.createServer((req, res) => res.end(`${req.url} for ${req.headers.host}`));
origin.listen(0, "127.0.0.1");
await once(origin, "listening");
const { port } = origin.address();
const ask = (at) =>
  new Promise((done) => {
    let text = "";
    const socket = net.connect(at, "127.0.0.1", () =>
      socket.write("GET http://inbox.example/login HTTP/1.1\r\nHost: inbox.example\r\nConnection: close\r\n\r\n"),
    );
    socket.on("data", (chunk) => (text += chunk)).on("close", () => done(/\S+ for \S+/.exec(text)?.[0]));
  });
const seen = { haproxy: await ask(await haproxy(port)), nginx: await ask(await nginx(port, "proxy_set_header Host $host;")) };
console.log(said("haproxy", "-v"), "|", said("nginx", "-v"), seen);
const asStated = seen.haproxy === "http://inbox.example/login for inbox.example" && seen.nginx.startsWith("/login ");
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
