#!/usr/bin/env bash
# Guess: `hidden` is as old as HTML5 and <template> holds no content of the page, so text browsers
#   leave both out.
# What happens: All four show all three. Of `display: none` in a style attribute only Links takes
#   notice. A hidden text field for password managers is a field without a label.
# Version: Lynx 2.9.0dev.12, w3m 0.5.3, ELinks 0.13.2, Links 2.28
# Why it matters: Error texts that wait for their day, dialogs ("Delete this person?"), parts that
#   React streams into hidden elements: a person with a text browser reads all of it as if it were
#   so.
# Tapview: What isn't so isn't in the page: no dialogs, no templates, no streaming of parts
#   (docs/architecture.md, the walk of a tap).
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

const parts = {
  HIDDEN: "<p hidden>HIDDEN</p>",
  TEMPLATE: "<template><p>TEMPLATE</p></template>",
  DIALOG: "<dialog><p>DIALOG</p></dialog>",
  STYLED: '<p style="display:none">STYLED</p>',
};
writeFileSync("page.html", `<!doctype html><title>t</title><p>page</p>${Object.values(parts).join("\n")}`);
const seen = {};
for (const [name, { version, dump }] of Object.entries(browsers)) {
  const text = dump("page.html");
  seen[version.split("\n")[0].slice(0, 32)] = Object.keys(parts).filter((part) => text.includes(part)).join(" ");
}
console.log("shown:", seen);
const [lynx, w3m, elinks, links2] = Object.values(seen);
const all = "HIDDEN TEMPLATE DIALOG STYLED";
const asStated = lynx === all && w3m === all && elinks === all && links2 === "HIDDEN TEMPLATE DIALOG";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
