import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Options } from "#bench/run.ts";
import { Traffic } from "#bench/tools/traffic.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { startApp } from "#tests/support/app/app.ts";
import { startNode } from "#tests/support/app/program.ts";
import { seed } from "#tests/support/app/seed.ts";
import { APP_SECRET } from "#tests/support/webhooks.ts";
import { insertRows } from "./floor-rows.ts";
import { closedLoop, type Measured, openLoop } from "./post-load.ts";
import { type Figures, writeReport } from "./webhook-report.ts";

const ROUNDS = 3;
const CONNECTIONS = 16;
const BATCH_CONNECTIONS = 4;
const PER_SECOND = 500;
const WARM_UP_SECONDS = 3;

interface Receiver {
  url: string;
  databaseUrl: string;
  traffic: Traffic;
  stop(): Promise<unknown>;
}

/**
 * The whole webhook route against a bare Node server with the same inserts, and against the rows
 * alone, in one run on one PostgreSQL with the durability of production.
 */
export async function benchWebhook(options: Pick<Options, "seconds">): Promise<void> {
  const seconds = Number(options.seconds);
  const cluster = await startCluster({ durable: true });
  const receivers: Receiver[] = [];
  try {
    const ours = await startOurs(await createDatabase(cluster.url));
    receivers.push(ours);
    const floor = await startFloor(await createDatabase(cluster.url));
    receivers.push(floor);
    for (const { url, traffic } of receivers) {
      const { errors } = await closedLoop({
        ...{ url, connections: 1, seconds: 0.001 },
        next: () => traffic.introduction(),
      });
      if (errors > 0) throw new Error(`${url} refuses the webhook.`);
      await single({ url, traffic }, WARM_UP_SECONDS);
    }
    for (const { databaseUrl } of receivers) await analyse(databaseUrl);
    await writeReport({ seconds, ...(await figures(ours, floor, seconds)) });
  } finally {
    for (const receiver of receivers) await receiver.stop();
    await cluster.stop();
  }
}

async function figures(ours: Receiver, floor: Receiver, seconds: number): Promise<Figures> {
  const closed = { ours: [] as Measured[], floor: [] as Measured[] };
  for (let round = 0; round < ROUNDS; round++) {
    closed.ours.push(await single(ours, seconds));
    closed.floor.push(await single(floor, seconds));
  }
  const open = { ours: await steady(ours, 2 * seconds), floor: await steady(floor, 2 * seconds) };
  const batches = [];
  for (const size of [100, 1000]) {
    batches.push({
      size,
      ours: await batched(ours, size, seconds),
      floor: await batched(floor, size, seconds),
      rows: await insertRows(floor.databaseUrl, { size, connections: BATCH_CONNECTIONS, seconds }),
    });
  }
  return {
    closed: { ours: median(closed.ours), floor: median(closed.floor), connections: CONNECTIONS },
    open: { ...open, perSecond: PER_SECOND },
    batches,
  };
}

/** As autovacuum does within a minute; until then the planner takes the tables for empty. */
async function analyse(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`analyze`;
  await sql.end();
}

function single({ url, traffic }: Pick<Receiver, "url" | "traffic">, seconds: number) {
  return closedLoop({ url, next: () => traffic.next(1), connections: CONNECTIONS, seconds });
}

function steady({ url, traffic }: Receiver, seconds: number) {
  return openLoop({ url, next: () => traffic.next(1), perSecond: PER_SECOND, seconds });
}

function batched({ url, traffic }: Receiver, size: number, seconds: number) {
  return closedLoop({
    url,
    next: () => traffic.next(size),
    connections: BATCH_CONNECTIONS,
    seconds,
  });
}

function median(measured: Measured[]): Measured {
  const sorted = measured.toSorted((a, b) => a.postsPerSecond - b.postsPerSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error("Nothing was measured.");
  return middle;
}

async function startOurs(databaseUrl: string): Promise<Receiver> {
  const { url, stop } = await startApp({ databaseUrl });
  return { url: `${url}/webhooks/whatsapp`, databaseUrl, traffic: new Traffic(), stop };
}

async function startFloor(databaseUrl: string): Promise<Receiver> {
  const env = { DATABASE_URL: databaseUrl, WHATSAPP_APP_SECRET: APP_SECRET };
  await seed(env);
  const program = startNode(["bench/webhook/floor-webhook.mjs"], {
    ...env,
    NODE_ENV: "production",
  });
  for (let tries = 0; program.logs().length === 0; tries++) {
    if (tries > 200) throw new Error(`The floor did not start:\n${program.output()}`);
    await sleep(50);
  }
  const url = String(program.logs()[0]?.address);
  return { url, databaseUrl, traffic: new Traffic(), stop: () => program.stop(0) };
}
