import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import type { Measured } from "./post-load.ts";

const FILE = "bench/results/webhook.md";

interface Pair {
  ours: Measured;
  floor: Measured;
}

export interface Figures {
  /** One message a POST. */
  closed: Pair & { connections: number };
  open: Pair & { perSecond: number };
  /** `rows` is the other floor: rows a second by multi-row inserts alone. */
  batches: (Pair & { size: number; rows: number })[];
}

/** Prints the figures beside what they should be, and keeps them in bench/results. */
export async function writeReport(measured: Figures & { seconds: number }): Promise<void> {
  const { closed, open, batches, seconds } = measured;
  const latency = ({ p50, p99 }: Measured) => `${p50.toFixed(1)}, ${p99.toFixed(1)}`;
  const report = [
    "# The webhook route against a bare server",
    "",
    `\`npm run bench -- webhook --seconds=${seconds}\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${os.cpus().length} cores. The sender, the server and PostgreSQL share them.`,
    "",
    "PostgreSQL with fsync and synchronous_commit. Each message is new; nine of ten senders are known. The route: signature, every type of message, identities, quarantine, log. The bare server: a Node `http` server that checks the signature, parses, and inserts contact, conversation and message by prepared statements in one transaction. The rows alone: message rows by multi-row inserts, no HTTP.",
    "",
    `## One message a POST, ${closed.connections} connections`,
    "",
    "| | POSTs/s | p50, p99 in ms | errors |",
    "| --- | --- | --- | --- |",
    `| route | ${closed.ours.postsPerSecond.toFixed(0)} | ${latency(closed.ours)} | ${closed.ours.errors} |`,
    `| bare server | ${closed.floor.postsPerSecond.toFixed(0)} | ${latency(closed.floor)} | ${closed.floor.errors} |`,
    `| ratio | ${ratio(closed)} (aim: 0.7 or more) | | |`,
    "",
    `## One message a POST, ${open.perSecond} POSTs/s at fixed times`,
    "",
    "Latency counts from when a POST was due.",
    "",
    "| | p50, p99 in ms | errors |",
    "| --- | --- | --- |",
    `| route | ${latency(open.ours)} (aim: p99 under 250) | ${open.ours.errors} |`,
    `| bare server | ${latency(open.floor)} | ${open.floor.errors} |`,
    "",
    "## Batches, messages/s",
    "",
    "| messages a POST | route (aim: 5000 or more) | bare server | rows alone | errors |",
    "| --- | --- | --- | --- | --- |",
    ...batches.map(({ size, ours, floor, rows }) => {
      const cells = [ours.messagesPerSecond, floor.messagesPerSecond, rows].map((n) =>
        n.toFixed(0),
      );
      return `| ${[size, ...cells, ours.errors + floor.errors].join(" | ")} |`;
    }),
    "",
  ].join("\n");
  await mkdir("bench/results", { recursive: true });
  await writeFile(FILE, report);
  console.log(`${report}\nWritten to ${FILE}`);
}

function ratio({ ours, floor }: Pair): string {
  return (ours.postsPerSecond / floor.postsPerSecond).toFixed(2);
}
