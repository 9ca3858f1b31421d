import type { Measured } from "#bench/tools/load.ts";
import type { Target } from "#bench/tools/load-connection.ts";
import { watchUsage } from "#bench/tools/process-stats.ts";
import type { Cdn } from "./media-cdn.ts";
import type { Contender, Name } from "./media-programs.ts";

/** What one program did with one file over one number of connections. */
export interface Figures {
  /** One of each round. */
  megabytesPerSecond: number[];
  requestsPerSecond: number[];
  /** Milliseconds, of all rounds together. */
  firstBytes: number[];
  cpuMsPerMegabyte: number | undefined;
  peakMegabytes: number | undefined;
  /** With those of the warm-up: so they hold the first view of the file. */
  views: number;
  lookups: number;
  downloads: number;
}

export type ByProgram = Partial<Record<Name, Figures>>;

/**
 * Measures all programs with one new file, in short rounds, one program after the other in each: what
 * the machine does meanwhile falls on all of them.
 */
export async function measureInTurn(
  cdn: Cdn,
  contenders: readonly Contender[],
  options: {
    bytes: number;
    rounds: number;
    warmUp: (target: Target) => Promise<Measured>;
    load: (target: Target) => Promise<Measured>;
  },
): Promise<ByProgram> {
  const mediaId = await cdn.send(options.bytes);
  const samples = new Map<Name, Sample[]>(contenders.map(({ name }) => [name, []]));
  const warmUps = new Map<Name, Sample>();
  const sample = async (contender: Contender, load: typeof options.load) => {
    const target = { ...(await contender.request(mediaId)), bytes: options.bytes };
    return takeSample(cdn, contender.pid, () => load(target));
  };
  for (const contender of contenders) {
    warmUps.set(contender.name, await sample(contender, options.warmUp));
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const contender of contenders) {
      samples.get(contender.name)?.push(await sample(contender, options.load));
    }
  }
  const figures = contenders.map(({ name }) => {
    const warmUp = warmUps.get(name);
    return [name, combine(warmUp ? [warmUp] : [], samples.get(name) ?? [])];
  });
  return Object.fromEntries(figures);
}

type Sample = Awaited<ReturnType<typeof takeSample>>;

async function takeSample(cdn: Cdn, pid: number, load: () => Promise<Measured>) {
  const before = await cdn.counts();
  const endWatch = watchUsage(pid);
  const measured = await load();
  const usage = endWatch();
  const after = await cdn.counts();
  return {
    ...measured,
    usage,
    lookups: after.lookup - before.lookup,
    downloads: after.download - before.download,
  };
}

function combine(warmUps: Sample[], rounds: Sample[]): Figures {
  const all = [...warmUps, ...rounds];
  const usages = rounds.flatMap(({ usage }) => usage ?? []);
  const megabytes = sum(rounds, ({ bytes }) => bytes) / 1e6;
  const cpuMs = 1000 * sum(usages, ({ cpuSeconds }) => cpuSeconds);
  return {
    megabytesPerSecond: rounds.map((round) => round.megabytesPerSecond),
    requestsPerSecond: rounds.map((round) => round.requestsPerSecond),
    firstBytes: rounds.flatMap(({ firstBytes }) => firstBytes),
    cpuMsPerMegabyte: usages.length > 0 ? cpuMs / megabytes : undefined,
    peakMegabytes:
      usages.length > 0 ? Math.max(...usages.map((usage) => usage.peakMegabytes)) : undefined,
    views: sum(all, ({ firstBytes }) => firstBytes.length),
    lookups: sum(all, ({ lookups }) => lookups),
    downloads: sum(all, ({ downloads }) => downloads),
  };
}

function sum<T>(values: T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
