#!/usr/bin/env bash
# Guess: A broken answer of the app is a broken answer to the browser: the connection is cut
#   before the last chunk.
# What happens: For an answer without Content-Length nginx as it comes (proxy_http_version 1.0)
#   and Caddy 2.6.2 end it in good order: 200, all chunks, the last one too. HAProxy breaks it,
#   and so does nginx with `proxy_http_version 1.1`.
# Version: nginx 1.22.1, Caddy 2.6.2, HAProxy 2.6.12
# Why it matters: The app withholds the end of a file whose hash is wrong by breaking the
#   connection; behind such a proxy half a photo, or half a CSV of the audit log, counts as
#   complete.
# Tapview: Files have a Content-Length wherever WhatsApp told one (app/media/headers.server.ts).
#   Behind nginx, set `proxy_http_version 1.1`.
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

const origin = http.createServer((_, res) => {
  res.writeHead(200, { "content-type": "image/jpeg" });
  for (let i = 0; i < 10; i++) res.write(Buffer.alloc(100_000));
  setTimeout(() => res.destroy(), 500);
});
origin.listen(0, "127.0.0.1");
await once(origin, "listening");
const { port } = origin.address();
const proxies = {
  "no proxy": port,
  nginx: await nginx(port),
  "nginx, proxy_http_version 1.1": await nginx(port, "proxy_http_version 1.1;"),
  caddy: await caddy(port),
  haproxy: await haproxy(port),
};
const seen = {};
for (const [name, at] of Object.entries(proxies)) {
  seen[name] = await new Promise((done) => {
    http.get({ host: "127.0.0.1", port: at }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk) => (bytes += chunk.length));
      answer.on("error", () => done(`broken after ${bytes} bytes`));
      answer.on("end", () => done(`complete with ${bytes} bytes`));
    });
  });
}
console.log(said("nginx", "-v"), "|", said("caddy", "version"), "|", said("haproxy", "-v"));
console.log("an answer that broke off:", seen);
const complete = Object.keys(seen).filter((name) => seen[name].startsWith("complete"));
const asStated = complete.join() === "nginx,caddy";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
