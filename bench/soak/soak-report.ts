import { mkdir, writeFile } from "node:fs/promises";
import { figure, machine, table, today } from "#bench/tools/markdown.ts";
import { type OpenFiles, total } from "#bench/tools/open-files.ts";
import { slope } from "#bench/tools/statistics.ts";
import type { Soak } from "./soak.ts";
import type { Sample } from "./soak-watch.ts";

const FILE = "bench/results/soak.md";
const SHOWN_EVERY = 10;
const KINDS = ["clients", "upstream", "database", "others"] as const;

/** Prints what a soak found, and keeps it in bench/results. */
export async function writeReport(soak: Soak, problems: readonly string[]): Promise<void> {
  const report = reportOf(soak, problems);
  console.log(report);
  await mkdir("bench/results", { recursive: true });
  await writeFile(FILE, report);
  console.log(`Written to ${FILE}`);
}

/** MB a minute, over the second half: by then the compiler and the caches have what they need. */
export function memorySlope(samples: readonly Sample[]): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  return slope(half.map(({ seconds, megabytes }) => ({ x: seconds / 60, y: megabytes })));
}

function reportOf(soak: Soak, problems: readonly string[]): string {
  const { seconds, seed, start, end, samples, tallies } = soak;
  const visits = [...tallies].map(([kind, { right, wrong }]) => [
    kind,
    right,
    [...wrong.values()].reduce((sum, count) => sum + count, 0),
  ]);
  const shown = samples.filter((_, index) => index % SHOWN_EVERY === 0);
  return `# The media route under mixed load

\`npm run bench -- soak --seconds=${seconds} --seed=${seed}\`, ${today()}, ${machine()}. The clients, the simulated WhatsApp and PostgreSQL share them.

${problems.length === 0 ? "Nothing was wrong.\n" : problems.map((problem) => `- **${problem}**\n`).join("")}
## Visits

People with many files of 10 kB to 20 MB, each doing one thing over and over. Broken files: cut off, stalled, with a wrong hash, 5xx from either hop, gone. For them right is any end but a clean one with the wrong bytes. At the end all leave at once, in the middle of what they do.

${table(["what", "right", "wrong"], visits)}
## File descriptors

${filesTable(soak)}
The end is once no client's and no upstream connection is left, which both sides close when they are done or have been idle for a while. Those to the database are the pool's, which opens them when they are needed and keeps them.

## Memory

**${figure(memorySlope(samples), 1)} MB a minute** over the second half (least squares). At the start ${figure(start.megabytes, 0)} MB, at most ${figure(Math.max(...samples.map(({ megabytes }) => megabytes)), 0)}, after the end ${figure(end.megabytes, 0)}. Objects and buffers in use after a garbage collection: ${figure(start.heapMegabytes, 1)} MB at the start, ${figure(end.heapMegabytes, 1)} after the end.

${table(
  ["second", "resident, MB", "objects and buffers, MB", "descriptors", "streams"],
  shown.map((sample) => [
    figure(sample.seconds, 0),
    figure(sample.megabytes, 0),
    figure(sample.heapMegabytes, 0),
    total(sample.files),
    sample.streams,
  ]),
)}`;
}

function filesTable({ start, samples, end }: Soak): string {
  const largest = (of: (files: OpenFiles) => number) =>
    Math.max(...samples.map(({ files }) => of(files)));
  const line = (name: string, of: (files: OpenFiles) => number) => [
    name,
    of(start.files),
    largest(of),
    of(end.files),
  ];
  return table(
    ["for", "start", "most", "end"],
    [...KINDS.map((kind) => line(kind, (files) => files[kind])), line("**all**", total)],
  );
}
