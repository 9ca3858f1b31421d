#!/usr/bin/env bash
# Guess: `connection: { jit: false, statement_timeout: 0 }` sets both for the session.
# What happens: Neither goes into the startup message, without a word; `"off"` and `"0"` do.
# Version: postgres.js 3.4.9
# Why it matters: A switch that an operator turned off stays on, and nothing says so: just-in-time
#   compilation cost 100 ms of a search that takes 3.
# Tapview: db/open.server.ts gives `jit: "off"`, as a string.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund postgres@3.4.9 >/dev/null
cat >probe.mjs <<'JS'
import { readFileSync } from "node:fs";
import net from "node:net";
import postgres from "postgres";

const { version } = JSON.parse(readFileSync("node_modules/postgres/package.json", "utf8"));

/** What the client asks for in its first message (protocol 3: length, version, then C strings). */
function startupParameters(connection) {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => {
      socket.once("data", (message) => {
        const words = message.subarray(8).toString().split("\0");
        const parameters = {};
        for (let at = 0; words[at]; at += 2) parameters[words[at]] = words[at + 1];
        socket.destroy();
        server.close();
        resolve(parameters);
      });
    });
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      const sql = postgres({ host: "127.0.0.1", port, ssl: false, user: "u", database: "d", connection });
      sql`select 1`.catch(() => {});
    });
  });
}

const asked = await startupParameters({ jit: false, statement_timeout: 0, lock_timeout: "0", geqo: "off" });
console.log("postgres.js", version, "sends", asked);
const asStated = !("jit" in asked) && !("statement_timeout" in asked) && asked.lock_timeout === "0" && asked.geqo === "off";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
