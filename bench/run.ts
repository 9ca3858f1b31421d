import { parseArgs } from "node:util";
import { benchMedia } from "./media.ts";
import { benchMutations } from "./mutations.ts";
import { benchWebhook } from "./webhook.ts";

const benches: Record<string, (options: Options) => Promise<void>> = {
  media: benchMedia,
  webhook: benchWebhook,
  mutations: benchMutations,
};
const options = {
  /** Of each measurement of `webhook`. */
  seconds: { type: "string", default: "5" },
  /** Of `mutations`. */
  payloads: { type: "string", default: "1000000" },
  seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
} as const;

const { values, positionals } = parseArgs({ options, allowPositionals: true });
export type Options = typeof values;
const bench = benches[positionals[0] ?? ""];
if (!bench) {
  console.error(
    `Usage: npm run bench -- NAME [--seconds=5] [--payloads=1000000] [--seed=N], where NAME is one of: ${Object.keys(benches).join(", ")}`,
  );
  process.exit(2);
}
await bench(values);
