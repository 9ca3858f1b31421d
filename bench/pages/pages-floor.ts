import { watchUsage } from "#bench/tools/process-stats.ts";
import { median } from "#bench/tools/statistics.ts";
import type { Site } from "./pages.ts";
import { closedLoop } from "./pages-load.ts";
import { type Program, startFloor } from "./pages-programs.ts";

/** The two that are asked for most. */
const PAGES = ["list", "longest conversation, newest"];
const CONNECTIONS = 8;
const WARM_UP_SECONDS = 2;

export interface Throughput {
  requestsPerSecond: number;
  /** Of the program alone, for each request; undefined where the system doesn't tell. */
  cpuMs: number | undefined;
}

export interface Comparison {
  page: string;
  ours: Throughput;
  floor: Throughput;
  /** The median of the rounds' ratios. */
  ratio: number;
}

/** Both programs in turn, round after round, so that what else the machine does falls on both. */
export async function compareWithFloor(
  site: Site,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Comparison[]> {
  const captured = PAGES.flatMap((name) => {
    const page = site.captured.get(name);
    if (!page) return [];
    // What is no query, as a session's LISTEN, belongs to no page.
    return { name, ...page, statements: page.statements.filter(({ plan }) => plan) };
  });
  const floor = await startFloor(site.databaseUrl, captured);
  try {
    const found: Comparison[] = [];
    for (const { name, path } of captured) {
      const load = (program: Program, seconds: number) => throughputOf(program, path, seconds);
      for (const program of [site.program, floor]) await load(program, WARM_UP_SECONDS);
      const pairs: { ours: Throughput; floor: Throughput }[] = [];
      for (let round = 0; round < rounds; round++) {
        pairs.push({ ours: await load(site.program, seconds), floor: await load(floor, seconds) });
      }
      found.push({ page: name, ...summary(pairs) });
    }
    return found;
  } finally {
    await floor.stop();
  }
}

async function throughputOf(program: Program, path: string, seconds: number): Promise<Throughput> {
  const endWatch = watchUsage(program.pid);
  const { requests, requestsPerSecond } = await closedLoop(program, path, {
    connections: CONNECTIONS,
    seconds,
  });
  const usage = endWatch();
  return { requestsPerSecond, cpuMs: usage && (usage.cpuSeconds * 1000) / requests };
}

function summary(pairs: readonly { ours: Throughput; floor: Throughput }[]) {
  const middle = (of: (pair: (typeof pairs)[number]) => Throughput): Throughput => {
    const cpuMs = median(pairs.flatMap((pair) => of(pair).cpuMs ?? []));
    return { requestsPerSecond: median(pairs.map((pair) => of(pair).requestsPerSecond)), cpuMs };
  };
  return {
    ours: middle(({ ours }) => ours),
    floor: middle(({ floor }) => floor),
    ratio: median(pairs.map(({ ours, floor }) => ours.requestsPerSecond / floor.requestsPerSecond)),
  };
}
