#!/usr/bin/env bash
# Guess: A quote that the browser wrote as %22 (HTML standard, multipart/form-data encoding) is a
#   quote again.
# What happens: busboy leaves %22 as it stands, `Request.formData()` of the same bytes gives the
#   quote. A name that really held %22 can't be told apart in either.
# Version: @fastify/busboy 3.2.6 beside undici 7.30.2
# Why it matters: The customer gets a document with "%22" in its name; a product that reads small
#   forms by fetch and large ones by busboy stores two names for one file.
# Tapview: The name is cleaned of what file systems refuse and sent on with its %22
#   (app/media/file/file-name.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund @fastify/busboy@3.2.6 undici@7.30.2 >/dev/null
cat >probe.mjs <<'JS'
import { Busboy } from "@fastify/busboy";
import undici from "undici";

const { FormData, Request } = undici;

const sent = new FormData();
sent.append("file", new File(["x"], '5" nail.pdf'));
const request = new Request("http://localhost", { method: "POST", body: sent });
const type = request.headers.get("content-type");
const body = Buffer.from(await request.arrayBuffer());
const onTheWire = /filename="(.*)"\r/.exec(body.toString())[1];

const again = new Request("http://localhost", { method: "POST", headers: { "content-type": type }, body });
const byFetch = (await again.formData()).get("file").name;
const byBusboy = await new Promise((done) => {
  const busboy = new Busboy({ headers: { "content-type": type } });
  busboy.on("file", (_field, stream, name) => {
    stream.resume();
    done(name);
  });
  busboy.end(body);
});
console.log({ onTheWire, byFetch, byBusboy });
const asStated = onTheWire === "5%22 nail.pdf" && byFetch === '5" nail.pdf' && byBusboy === "5%22 nail.pdf";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
