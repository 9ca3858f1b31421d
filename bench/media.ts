import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { canRunPostgres } from "#db/testing/server.ts";
import { startApp } from "#e2e/app.ts";
import { freePort } from "#e2e/free-port.ts";
import { type Program, startNode } from "#e2e/program.ts";
import { load, type Measured } from "./load.ts";

const SIZES = { "10 kB": 10_000, "100 kB": 100_000, "5 MB": 5_000_000 };
const CONNECTIONS = [1, 16];
const SECONDS = 5;
const WARM_UP_SECONDS = 1;
const TOKEN = "test-access-token";
const ACME_SUPPORT = "106540352242922";

/**
 * The whole media route (session, database, membership, hash) against a bare Node proxy without
 * any checks, in front of the same simulated WhatsApp, in one run.
 */
export async function benchMedia(): Promise<void> {
  const port = await freePort();
  const whatsapp = `http://127.0.0.1:${port}`;
  const simulator = startNode(["--import", "tsx", "e2e/whatsapp-simulator/main.ts"], {
    SIMULATOR_PORT: String(port),
    WHATSAPP_ACCESS_TOKEN: TOKEN,
    WHATSAPP_APP_SECRET: "test-app-secret",
  });
  await until(async () => (await fetch(`${whatsapp}/_simulator/health`)).ok);
  const cluster = canRunPostgres() ? await startCluster() : undefined;
  const app = await startApp({
    databaseUrl: cluster ? await createDatabase(cluster.url) : "",
    env: {
      WHATSAPP_GRAPH_URL: whatsapp,
      WHATSAPP_MEDIA_HOSTS: `127.0.0.1:${port}`,
      LOG_LEVEL: "info",
    },
  });
  const rows: string[] = [];
  try {
    await control(whatsapp, "PUT", "settings", { webhookUrl: `${app.url}/webhooks/whatsapp` });
    const Cookie = await app.login("agent@acme.test");
    for (const [title, bytes] of Object.entries(SIZES)) {
      const sent = await control(whatsapp, "POST", "send", {
        kind: "document",
        to: ACME_SUPPORT,
        syntheticBytes: bytes,
      });
      const mediaId = String(sent.mediaId);
      const floor = await startFloor(whatsapp, mediaId);
      for (const connections of CONNECTIONS) {
        const measure = async (url: string, headers: Record<string, string>) => {
          await load({ url, headers, bytes, connections, seconds: WARM_UP_SECONDS });
          return load({ url, headers, bytes, connections, seconds: SECONDS });
        };
        const bare = await measure(floor.url, {});
        const ours = await measure(`${app.url}/media/${mediaId}`, { Cookie });
        rows.push(row(title, connections, ours, bare));
        console.log(rows.at(-1));
      }
      await floor.program.stop(0);
    }
  } finally {
    await app.stop();
    await cluster?.stop();
    await simulator.stop(0);
  }
  await write(rows, cluster ? "PostgreSQL" : "embedded");
}

async function startFloor(whatsapp: string, mediaId: string) {
  const lookup = await fetch(`${whatsapp}/v25.0/${mediaId}`, {
    headers: { Authorization: `Bearer ${TOKEN}`, "User-Agent": "floor/1.0" },
  });
  const { url } = (await lookup.json()) as { url: string };
  const program: Program = startNode(["bench/floor-proxy.mjs"], {
    UPSTREAM_URL: url,
    WHATSAPP_ACCESS_TOKEN: TOKEN,
  });
  await until(async () => program.logs().length > 0);
  return { program, url: String(program.logs()[0]?.address) };
}

async function control(whatsapp: string, method: string, path: string, body: object) {
  const answer = await fetch(`${whatsapp}/_simulator/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function until(ready: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await ready().catch(() => false)) return;
    await sleep(50);
  }
  throw new Error("A program of the bench did not start.");
}

function row(title: string, connections: number, ours: Measured, bare: Measured): string {
  const ratio = ours.requestsPerSecond / bare.requestsPerSecond;
  const cells = [
    title,
    connections,
    `${ours.requestsPerSecond.toFixed(0)} (${ours.megabytesPerSecond.toFixed(0)} MB/s)`,
    `${bare.requestsPerSecond.toFixed(0)} (${bare.megabytesPerSecond.toFixed(0)} MB/s)`,
    ratio.toFixed(2),
    (ours.firstByteP50 - bare.firstByteP50).toFixed(1),
    (ours.firstByteP99 - bare.firstByteP99).toFixed(1),
  ];
  return `| ${cells.join(" | ")} |`;
}

async function write(rows: string[], database: string): Promise<void> {
  const report = [
    "# The media route against a bare proxy",
    "",
    `\`npm run bench -- media\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${os.cpus().length} cores. Client, both proxies and the simulated WhatsApp share them.`,
    "",
    `The route: session, database (${database}), membership, SHA-256. The floor: a Node \`http\` server that pipes one known address and checks nothing.`,
    "",
    "| size | connections | route, requests/s | floor, requests/s | ratio | added first byte p50, ms | p99, ms |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
  await mkdir("bench/results", { recursive: true });
  await writeFile("bench/results/media.md", report);
  console.log("\nWritten to bench/results/media.md");
}
