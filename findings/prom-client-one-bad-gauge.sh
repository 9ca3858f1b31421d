#!/usr/bin/env bash
# Guess: The other metrics are written, the failed one is left out.
# What happens: `register.metrics()` rejects with that gauge's error: nothing of the process is
#   seen, not even its memory.
# Version: prom-client 15.1.3
# Why it matters: A gauge that counts waiting messages in the database makes the dashboard go
#   blank in the very minute in which the database is down.
# Tapview: Gauges are set when something happens, none asks the database at the scrape
#   (app/process/metrics.server.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund prom-client@15.1.3 >/dev/null
cat >probe.mjs <<'JS'
import { Counter, Gauge, Registry } from "prom-client";

const registry = new Registry();
new Counter({ name: "webhooks_total", help: "received", registers: [registry] }).inc();
const waiting = new Gauge({
  name: "waiting",
  help: "waiting in the database",
  registers: [registry],
  async collect() {
    if (down) throw new Error("the database is down");
    this.set(1);
  },
});
let down = false;
const before = await registry.metrics();
down = true;
const outcome = await registry.metrics().then((text) => `metrics: ${text}`, (error) => `rejected: ${error.message}`);
console.log("prom-client 15.1.3, before:", before.match(/^\w+ \d+$/gm), "after:", outcome);
const asStated = before.includes("webhooks_total 1") && outcome === "rejected: the database is down";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
