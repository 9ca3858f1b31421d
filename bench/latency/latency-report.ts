import { mkdir, writeFile } from "node:fs/promises";
import { figure, machine, table, today } from "#bench/tools/markdown.ts";
import { median } from "#bench/tools/statistics.ts";
import { MOMENTS, type Moment, type Taps } from "./latency-taps.ts";

const FILE = "bench/results/latency.md";
const AIM = 0.6;
const AIMED: readonly Moment[] = ["opened", "quiet"];

export interface LatencyRun {
  roundTripMs: number;
  quietSeconds: number;
  rounds: number;
  baseline: { name: string; taps: Taps };
  present: Taps;
  /** Requests that came when no tap was under way. */
  untapped: number;
}

/** Prints the figures, and keeps those of a whole run. */
export async function writeReport(run: LatencyRun, isWhole: boolean): Promise<void> {
  const report = reportOf(run);
  console.log(`\n${report}`);
  if (!isWhole) return console.log("Not kept: this was a part.");
  await mkdir("bench/results", { recursive: true });
  await writeFile(FILE, report);
  console.log(`Written to ${FILE}`);
}

function reportOf(run: LatencyRun): string {
  const { roundTripMs, quietSeconds, rounds, baseline, present, untapped } = run;
  const words: Record<Moment, string> = {
    cold: "the first tap after the start",
    opened: "in a page that was opened 1 s ago",
    quiet: `in a page that was opened ${quietSeconds} s ago, nothing since`,
    after: "a second tap right after the first",
  };
  const rows = MOMENTS.map((moment) => {
    const [then, now] = [baseline.taps[moment], present[moment]];
    const ratio = median(now) / median(then);
    const aim = AIMED.includes(moment) ? `≤ ${AIM}: ${ratio <= AIM ? "met" : "**missed**"}` : "–";
    const asTrips = figure(median(now) / roundTripMs, 1);
    return [words[moment], spread(then), spread(now), figure(ratio, 2), asTrips, aim];
  });
  return `# From the tap to the first byte

\`npm run bench -- latency --rounds=${rounds} --seconds=${quietSeconds}\`, ${today()}, ${machine()}.

A signed-in person asks the built server for a file that was never looked up. Between the server and WhatsApp's two hosts, which speak TLS 1.3, lies a network with a round trip of ${roundTripMs} ms: a new connection costs two round trips before anything can be asked, and a look-up and a download cost one each, so that no file can come before ${2 * roundTripMs} ms. Both builds ran in the same run, in turns, each started anew for each round. Milliseconds, median (least to most) of ${rounds} taps.

${table(["tap", `commit ${baseline.name}`, "this build", "ratio", "round trips", "aim"], rows)}
Requests to WhatsApp while pages were open and nobody tapped: ${untapped}.
`;
}

function spread(values: readonly number[]): string {
  return `${figure(median(values), 0)} (${figure(Math.min(...values), 0)}–${figure(Math.max(...values), 0)})`;
}
