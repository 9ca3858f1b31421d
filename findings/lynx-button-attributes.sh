#!/usr/bin/env bash
# Guess: A button with `formaction` sends its form there, one with `formmethod=get` by GET, one
#   outside with `form=` sends the form it names.
# What happens: The form goes to its own action by its own method, with the button's name and
#   value in it; the button outside does nothing. (w3m, ELinks and Links ignore formaction and
#   formmethod as well.)
# Version: Lynx 2.9.0dev.12
# Why it matters: "Send" and "Save as draft" in one form, told apart by formaction, are both
#   "Send" in a text browser: the draft goes out to the customer.
# Tapview: Buttons of one form are told apart by name and value (`intent`), never by address
#   (app/ui/thread/composer.tsx).
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

const heard = [];
const forms = {
  "/formaction": "<form method=post action=/send><input type=hidden name=a value=1><button name=do value=draft formaction=/draft>Draft</button></form>",
  "/formmethod": "<form method=post action=/send><input type=hidden name=a value=1><button name=do value=look formmethod=get>Look</button></form>",
  "/form": "<form id=f method=post action=/send><input type=hidden name=a value=1></form><button form=f name=do value=outside>Send</button>",
};
const server = http.createServer((req, res) => {
  let body = "";
  req.on("data", (chunk) => (body += chunk));
  req.on("end", () => {
    const form = forms[req.url];
    if (!form) heard.push(`${req.method} ${req.url} ${body}`);
    res.writeHead(200, { "content-type": "text/html" }).end(`<title>t</title>${form ?? "done"}`);
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
for (const path of Object.keys(forms)) await pressEnter(`http://127.0.0.1:${server.address().port}${path}`);
console.log(version, heard);
const asStated = heard.join() === "POST /send a=1&do=draft,POST /send a=1&do=look";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
