#!/usr/bin/env bash
# Guess: 404 or 421 (Misdirected Request), as from nginx without a default or from most servers.
# What happens: An empty 200, without a line in the log.
# Version: Caddy 2.6.2
# Why it matters: A webhook that reaches Caddy under another name (a new domain, a tunnel, a Host
#   header that a balancer changed) is answered 200: WhatsApp believes the message stored and
#   never sends it again. A monitor that looks at the status sees a healthy site.
# Tapview: Nothing: the request doesn't reach it. Look at `webhook.received` in the log after
#   changing a name.
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

let reached = 0;
const origin = http.createServer((_, res) => {
  reached++;
  res.writeHead(404).end("no such page");
});
origin.listen(0, "127.0.0.1");
await once(origin, "listening");
const at = await caddy(origin.address().port);
const ask = async (headers) => {
  const request = http.request({ port: at, host: "127.0.0.1", method: "POST", path: "/webhooks/whatsapp", headers });
  request.end("{}");
  const [answer] = await once(request, "response");
  let text = "";
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode, text };
};
const known = await ask({});
const unknown = await ask({ host: "inbox.example.org" });
console.log("Caddy", said("caddy", "version"), { known, unknown, "requests that reached the app": reached });
const asStated = known.status === 404 && unknown.status === 200 && unknown.text === "" && reached === 1;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
