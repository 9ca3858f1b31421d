#!/usr/bin/env bash
# Guess: A path that doesn't fit leaves the object as it is logged without it.
# What happens: To redact, pino copies the object; the copy has the class but not its private
#   fields, `toJSON()` throws on it, and the line says "unable to serialize, circular reference is
#   too complex to analyze". A URL is such an object.
# Version: pino 10.4.0
# Why it matters: Adding a path for one field loses another's value, with a message that sends
#   whoever reads it looking for a circle.
# Tapview: Only texts, numbers and plain objects are logged (app/process/log.server.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund pino@10.4.0 >/dev/null
cat >probe.mjs <<'JS'
import pino from "pino";

class Ticket {
  #id = 7;
  toJSON() {
    return { id: this.#id };
  }
}
const logged = (redact) => {
  let line = "";
  pino({ redact }, { write: (text) => (line = text) }).info({ ticket: new Ticket() });
  return JSON.parse(line).ticket;
};
const seen = { without: logged([]), "with ticket.token": logged(["ticket.token"]) };
console.log("pino 10.4.0:", seen);
const asStated = seen.without.id === 7 && String(seen["with ticket.token"]).startsWith("[unable to serialize");
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
