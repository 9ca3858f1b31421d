#!/usr/bin/env bash
# Guess: Spaces behind a boundary are transport padding, which a receiver must take (RFC 2046
#   5.1.1); or it is an error.
# What happens: No field and no file come, no error: only `finish`, as of a form with nothing in
#   it.
# Version: @fastify/busboy 3.2.6
# Why it matters: A form that passed a mail gateway or an odd client looks as if nothing had been
#   filled in; a program that answers "message sent" for an empty upload loses the file.
# Tapview: A form without its fields is refused by its schema (app/sending), so nothing is taken
#   as sent.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @fastify/busboy@3.2.6 >/dev/null
cat >probe.mjs <<'JS'
import { Busboy } from "@fastify/busboy";

const form = (padding) =>
  `--X${padding}\r\nContent-Disposition: form-data; name="body"\r\n\r\nhello\r\n--X--${padding}\r\n`;
const read = (text) =>
  new Promise((done) => {
    const heard = [];
    const busboy = new Busboy({ headers: { "content-type": "multipart/form-data; boundary=X" } });
    busboy.on("field", (name, value) => heard.push(`${name}=${value}`));
    busboy.on("error", (error) => done([...heard, error.message]));
    busboy.on("finish", () => done([...heard, "finish"]));
    busboy.end(text);
  });
const seen = { plain: await read(form("")), padded: await read(form("  ")) };
console.log("@fastify/busboy 3.2.6", seen);
const asStated = seen.plain.join() === "body=hello,finish" && seen.padded.join() === "finish";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
