#!/usr/bin/env bash
# Guess: `alt=""` says that a picture says nothing, so nothing is shown, as in lynx, ELinks and
#   Links.
# What happens: w3m shows the file's name in brackets, as it does for a picture without alt.
# Version: w3m 0.5.3
# Why it matters: Decorations and pixels of a page become "[avatar-7f3a]" between its words; a
#   picture behind a secret address tells a part of it.
# Tapview: Pages have no decorative <img>: icons are CSS, and a photo has its label as alt
#   (app/ui/tile/revealed-media.tsx).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in lynx w3m elinks links2; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install lynx w3m elinks links2)." >&2
    exit 2
  }
done
cat >probe.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const env = { PATH: process.env.PATH, HOME: process.cwd(), TERM: "vt100", LC_ALL: "C.UTF-8" };
const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] });
const browsers = {
  lynx: { version: run("lynx", "-version"), dump: (file) => run("lynx", "-dump", file) },
  w3m: { version: run("w3m", "-version"), dump: (file) => run("w3m", "-dump", file) },
  elinks: { version: run("elinks", "-version"), dump: (file) => run("elinks", "-dump", file) },
  links2: { version: run("links2", "-version"), dump: (file) => run("links2", "-dump", file) },
};

writeFileSync("page.html", '<!doctype html><title>t</title><p>before <img src="decoration.png" alt=""> after</p>');
const seen = {};
for (const [name, { dump }] of Object.entries(browsers)) seen[name] = dump("page.html").split("\n").find((line) => line.includes("before")).trim();
console.log(browsers.w3m.version.split(",")[0], seen);
const asStated = seen.w3m.includes("[decoration]") && ["lynx", "elinks", "links2"].every((name) => !seen[name].includes("decoration"));
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
