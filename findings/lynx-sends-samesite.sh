#!/usr/bin/env bash
# Guess: Unknown attributes are ignored (RFC 6265 5.2), so only the cookie comes back.
# What happens: `Set-Cookie: s=1; Path=/; HttpOnly; SameSite=Lax` comes back as two cookies: `s=1;
#   SameSite=Lax`.
# Version: Lynx 2.9.0dev.12
# Why it matters: A server that counts, signs or logs its cookies meets one called SameSite; a
#   limit of cookies or a strict parser refuses the person.
# Tapview: Cookies are looked up by name, others are passed over (app/http/host-cookie.server.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in lynx; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install lynx)." >&2
    exit 2
  }
done
cat >probe.mjs <<'JS'
import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import http from "node:http";

import { promisify } from "node:util";

writeFileSync("lynx.cfg", "ACCEPT_ALL_COOKIES:TRUE\nALERTSECS:0\nINFOSECS:0\nMESSAGESECS:0\n");
const env = { PATH: process.env.PATH, HOME: process.cwd(), TERM: "vt100", LC_ALL: "C.UTF-8" };
const version = execFileSync("lynx", ["-version"], { encoding: "utf8", env }).split("\n")[0];

/** Opens a page in lynx and presses Enter on its first link or button. */
async function pressEnter(url) {
  writeFileSync("keys", ["^J", "q", "y"].map((key) => `key ${key}\n`).join(""));
  await promisify(execFile)("lynx", ["-cfg=lynx.cfg", "-tna", "-cmd_script=keys", url], { env, timeout: 20_000 });
}

let returned;
const server = http.createServer((req, res) => {
  if (req.url === "/next") returned = req.headers.cookie;
  res.writeHead(200, { "content-type": "text/html", ...(req.url === "/" && { "set-cookie": "s=1; Path=/; HttpOnly; SameSite=Lax" }) });
  res.end("<title>t</title><a href=/next>next</a>");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
await pressEnter(`http://127.0.0.1:${server.address().port}/`);
console.log(version, "sends", returned);
const asStated = returned === "s=1; SameSite=Lax";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
