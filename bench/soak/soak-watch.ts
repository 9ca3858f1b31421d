import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import type { MediaApp } from "#bench/media/media-app.ts";
import { type OpenFiles, openFiles, type Ports } from "#bench/tools/open-files.ts";
import { residentMegabytes } from "#bench/tools/process-stats.ts";

export const METRICS_TOKEN = "test-metrics-token";
const INTERVAL_MS = 1000;

export interface Sample {
  /** Since the traffic began. */
  seconds: number;
  megabytes: number;
  files: OpenFiles;
  /** Media streams open, as the server counts them itself; NaN when it doesn't say. */
  streams: number;
  /** Of JavaScript objects and of buffers; NaN likewise. */
  heapMegabytes: number;
}

/** Samples once a second until the signal aborts. @throws when the process has ended */
export async function watch(app: MediaApp, ports: Ports, signal: AbortSignal): Promise<Sample[]> {
  const samples: Promise<Sample>[] = [];
  const startedAt = performance.now();
  while (!signal.aborted) {
    samples.push(takeSample(app, ports, startedAt));
    await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
  return Promise.all(samples);
}

/** Collects garbage, so that two samples can be compared, then takes one. */
export async function takeSampleAfterCollection(app: MediaApp, ports: Ports, since: number) {
  app.process.kill("SIGUSR2");
  await sleep(INTERVAL_MS);
  return takeSample(app, ports, since);
}

/** What Node must be told for it. */
export const NODE_ARGS = ["--expose-gc", "--import", "./tests/support/app/collect-on-signal.mjs"];

/**
 * @param since what `seconds` counts from, on the clock of performance.now()
 * @throws at once when the process has ended
 */
export function takeSample(app: MediaApp, ports: Ports, since: number): Promise<Sample> {
  const sample = {
    seconds: (performance.now() - since) / 1000,
    megabytes: residentMegabytes(app.pid),
    // Before the server is asked, so that the asking isn't among what is counted.
    files: openFiles(app.pid, ports),
  };
  return metrics(app.url).then((figure) => ({
    ...sample,
    streams: figure("tapview_media_streams"),
    heapMegabytes:
      (figure("nodejs_heap_size_used_bytes") + figure("nodejs_external_memory_bytes")) / 1e6,
  }));
}

/** @returns gives a metric by its name */
async function metrics(url: string): Promise<(name: string) => number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await request(`${url}/metrics`, { headers, reset: true }).then(
    ({ body }) => body.text(),
    () => "",
  );
  return (name) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}
