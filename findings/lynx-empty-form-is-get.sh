#!/usr/bin/env bash
# Guess: POST, with an empty body, as every other browser sends it (w3m, ELinks and Links too).
# What happens: lynx sends GET: a button without a name, alone in its form, makes no POST. With
#   one hidden field, or a name on the button, it does.
# Version: Lynx 2.9.0dev.12
# Why it matters: "Sign out", "Mark all read", "Close": forms that are only a button. In lynx they
#   do nothing, or run what a GET of that address does.
# Tapview: Every form has a named field or button. ("Sign out" had none, and left people signed
#   in: app/ui/inbox/inbox-layout.tsx, e2e/text-browser.spec.ts.)
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
  "/only-a-button": "<button>Sign out</button>",
  "/named-button": "<button name=intent value=out>Sign out</button>",
  "/hidden-field": "<input type=hidden name=a value=1><button>Sign out</button>",
};
const server = http.createServer((req, res) => {
  const form = forms[req.url.replace("/page", "")];
  if (!req.url.startsWith("/page")) heard.push(`${req.method} ${req.url}`);
  res.writeHead(200, { "content-type": "text/html" });
  res.end(`<title>t</title>${form ? `<form method=post action=${req.url.replace("/page", "")}>${form}</form>` : "done"}`);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
for (const path of Object.keys(forms)) await pressEnter(`http://127.0.0.1:${server.address().port}/page${path}`);
console.log(version, heard);
const asStated = heard.join() === "GET /only-a-button,POST /named-button,POST /hidden-field";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
