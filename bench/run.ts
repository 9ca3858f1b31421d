import { parseArgs } from "node:util";
import { benchLatency, LATENCY_DEFAULTS } from "#bench/latency/latency.ts";
import { benchFaults } from "#bench/media/faults.ts";
import { benchMedia } from "#bench/media/media.ts";
import { benchPages } from "#bench/pages/pages.ts";
import { benchSoak } from "#bench/soak/soak.ts";
import { benchTaps } from "#bench/taps/taps.ts";
import { benchIsolation } from "#bench/tools/isolation.ts";
import { benchMutations } from "#bench/webhook/mutations.ts";
import { benchWebhook } from "#bench/webhook/webhook.ts";

interface Bench {
  run: (options: Options) => Promise<void>;
  /** Default of --seconds. */
  seconds?: string;
  /** Default of --rounds. */
  rounds?: string;
}

const benches: Record<string, Bench> = {
  media: { run: benchMedia, seconds: "2" },
  latency: { run: benchLatency, ...LATENCY_DEFAULTS },
  soak: { run: benchSoak, seconds: "120" },
  taps: { run: benchTaps },
  webhook: { run: benchWebhook, seconds: "5" },
  pages: { run: benchPages, seconds: "3" },
  isolation: { run: benchIsolation },
  mutations: { run: benchMutations },
  faults: { run: benchFaults },
};
const options = {
  /** Of each measurement of `media`, `webhook` and `pages`; of the whole `soak`; of the quiet of `latency`. */
  seconds: { type: "string" },
  /** Of `media`, `latency`, `pages` and `isolation`: measurements in each cell. */
  rounds: { type: "string" },
  /** Of `latency` and `taps`: a checkout with its build to compare with. */
  baseline: { type: "string" },
  /** Of `media`, for a part of it: 10kB,5MB. */
  sizes: { type: "string" },
  /** Of `media`, for a part of it: 1,16. */
  connections: { type: "string" },
  /** Of `media`: print where our server's CPU time went. */
  profile: { type: "boolean", default: false },
  /** Of `pages`, for a part of it: messages in each database, the smallest first. */
  messages: { type: "string" },
  /** Of `taps`, for a part of it: chromium,firefox. */
  browsers: { type: "string" },
  /** Of `taps`, for a part of it: moov-first,ogg. */
  files: { type: "string" },
  /** Of `taps`, for a part of it: tap,play. */
  scenarios: { type: "string" },
  /** Of `taps`: the top folder of the build to measure. */
  build: { type: "string", default: "." },
  /** Of `mutations`. */
  payloads: { type: "string", default: "1000000" },
  /** Of `faults`. */
  schedules: { type: "string", default: "10000" },
  /** Of `mutations`, `soak` and `faults`. */
  seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
} as const;

const { values, positionals } = parseArgs({ options, allowPositionals: true });
export type Options = typeof values & { seconds: string; rounds: string };
const bench = benches[positionals[0] ?? ""];
if (!bench) {
  const names = Object.keys(benches).join(", ");
  console.error(`Usage: npm run bench -- NAME [--seconds=N] …, where NAME is one of: ${names}
  media      [--rounds=3] [--sizes=10kB,5MB] [--connections=1,16] [--profile]
  latency    [--rounds=9] [--seconds=30] [--baseline=FOLDER]
  soak       [--seed=N]
  taps       [--baseline=DIR] [--build=DIR] [--browsers=chromium,firefox] [--files=moov-first,ogg] [--scenarios=tap,play]
  pages      [--rounds=3] [--messages=1000,1000000]
  isolation  [--rounds=3]
  mutations  [--payloads=1000000] [--seed=N]
  faults     [--schedules=10000] [--seed=N]`);
  process.exit(2);
}
await bench.run({
  ...values,
  seconds: values.seconds ?? bench.seconds ?? "",
  rounds: values.rounds ?? bench.rounds ?? "3",
});
