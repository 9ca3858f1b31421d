import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type MediaApp, startMediaApp } from "#bench/media/media-app.ts";
import { startCdn } from "#bench/media/media-cdn.ts";
import type { Options } from "#bench/run.ts";
import type { Ports } from "#bench/tools/open-files.ts";
import { positive } from "#bench/tools/positive.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { sendFiles } from "./soak-files.ts";
import { writeReport } from "./soak-report.ts";
import { runTraffic, type Tally } from "./soak-traffic.ts";
import { problemsIn } from "./soak-verdict.ts";
import {
  METRICS_TOKEN,
  NODE_ARGS,
  type Sample,
  takeSample,
  takeSampleAfterCollection,
  watch,
} from "./soak-watch.ts";

/** The server keeps an idle client's connection for 75 s, and a few idle upstream ones for 60 s. */
const SETTLE_TIMEOUT_MS = 90_000;
const SETTLE_POLL_MS = 500;

export interface Soak {
  seconds: number;
  seed: number;
  start: Sample;
  /** Once a second, under load. */
  samples: Sample[];
  end: Sample;
  tallies: Map<string, Tally>;
}

/**
 * Mixed traffic over many files, some of them broken. Ends with 1 when file descriptors don't come
 * back, an answer was wrong, or the server died.
 */
export async function benchSoak(options: Pick<Options, "seconds" | "seed">): Promise<void> {
  const [seconds, seed] = [positive("seconds", options.seconds), Number(options.seed)];
  if (!existsSync("/proc/self/fd")) throw new Error("The soak reads /proc: it needs Linux.");
  // In this order: the simulator ends with this process, PostgreSQL would not.
  const cdn = await startCdn();
  const cluster = await startCluster();
  let app: MediaApp | undefined;
  try {
    const databaseUrl = await createDatabase(cluster.url);
    app = await startMediaApp(cdn, { databaseUrl, nodeArgs: NODE_ARGS, env: { METRICS_TOKEN } });
    const ports = portsOf({ own: app.url, upstream: cdn.url, database: databaseUrl });
    const soak = await soakApp(app, ports, await sendFiles(cdn), { seconds, seed });
    const problems = problemsIn(soak);
    await writeReport(soak, problems);
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    await app?.stop();
    await cdn.stop();
    await cluster.stop();
  }
}

async function soakApp(
  app: MediaApp,
  ports: Ports,
  files: Awaited<ReturnType<typeof sendFiles>>,
  { seconds, seed }: { seconds: number; seed: number },
): Promise<Soak> {
  const { url, headers } = app;
  const start = await takeSampleAfterCollection(app, ports, performance.now());
  console.log(`${seconds} s, --seed=${seed}`);
  const startedAt = performance.now();
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), seconds * 1000);
  try {
    const [samples, tallies] = await Promise.all([
      watch(app, ports, ending.signal),
      runTraffic({ url, headers, files, seed, signal: ending.signal }),
    ]);
    await settle(app, ports, startedAt);
    const end = await takeSampleAfterCollection(app, ports, startedAt);
    return { seconds, seed, start, samples, end, tallies };
  } catch (error) {
    const { exitCode, signalCode } = app.process;
    if (exitCode === null && signalCode === null) throw error;
    throw new Error(`The server died: ${signalCode ?? `exit code ${exitCode}`}`, { cause: error });
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

/** Waits until no client's and no upstream connection is left, but not for ever. */
async function settle(app: MediaApp, ports: Ports, since: number): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  while (performance.now() < deadline) {
    await sleep(SETTLE_POLL_MS);
    const { clients, upstream } = (await takeSample(app, ports, since)).files;
    if (clients === 0 && upstream === 0) return;
  }
}

function portsOf(urls: Record<keyof Ports, string>): Ports {
  const port = (url: string) => Number(new URL(url).port);
  return { own: port(urls.own), upstream: port(urls.upstream), database: port(urls.database) };
}
