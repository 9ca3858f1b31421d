import { benchMedia } from "./media.ts";

const benches: Record<string, () => Promise<void>> = { media: benchMedia };

const name = process.argv[2] ?? "";
const bench = benches[name];
if (!bench) {
  console.error(
    `Usage: npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(", ")}`,
  );
  process.exit(2);
}
await bench();
