import { mkdir, writeFile } from "node:fs/promises";
import { figure, machine, table, today } from "#bench/tools/markdown.ts";
import type { BrowserName } from "#browsers/drivers/browser.ts";
import { type Aim, aimOf, isMet } from "./taps-aims.ts";
import type { Taken } from "./taps-measure.ts";
import type { Scenario } from "./taps-scenarios.ts";

const FILE = "bench/results/taps.md";
const DOINGS: Record<Scenario, string> = { tap: "tap", play: "play, 2 seeks" };

/** What one build took, with its lines in the audit log. */
export type Figures = Taken & { views: number };

export interface Cell {
  file: { name: string; title: string; bytes: number };
  scenario: Scenario;
  browser: BrowserName;
  /** Undefined where it couldn't be measured. */
  measured: Figures | undefined;
  earlier?: Figures | undefined;
}

/** Prints the cells beside what they should be, and keeps those of two builds. */
export async function writeReport(
  cells: readonly Cell[],
  run: { versions: readonly string[]; options: string; isKept: boolean },
): Promise<void> {
  const report = reportOf(cells, run);
  console.log(`\n${report}`);
  if (!run.isKept) return console.log("Not kept: there was no other build beside it.");
  await mkdir("bench/results", { recursive: true });
  await writeFile(FILE, report);
  console.log(`Written to ${FILE}`);
}

function reportOf(
  cells: readonly Cell[],
  { versions, options }: { versions: readonly string[]; options: string },
): string {
  return `# What one tap costs

\`npm run bench -- taps${options}\`, ${today()}, ${machine()}. ${versions.join(", ")}; HTTP/1.1 on loopback, the simulated WhatsApp unpaced.

Each cell: fetches at WhatsApp's CDN / MB that its sockets took (buffers of the kernel included, some 4 MB of a fetch that is broken off) · requests from browser to server · lines in the audit log. A tap is followed until nothing has moved for 3 s; playing is 4 s, then three quarters of the way, then the last second.

${tapsTable(cells)}${failures(cells)}`;
}

/** One line for each file, doing and browser. */
export function tapsTable(cells: readonly Cell[]): string {
  const rows = cells.map(({ file, scenario, browser, measured, earlier }) => {
    const aim = aimOf({ file, scenario, browser, earlier });
    const met = aim && measured && (isMet(aim, measured) ? "yes" : "**no**");
    const place = [file.title, DOINGS[scenario], browser];
    return [...place, figures(earlier), figures(measured), aim ? words(aim) : "–", met ?? "–"];
  });
  return table(["file", "what", "browser", "baseline", "this build", "at most", "met"], rows);
}

function figures(taken: Figures | undefined): string {
  if (!taken) return "–";
  const { fetches, megabytes, requests, views } = taken;
  return `${fetches} / ${figure(megabytes, 1)} · ${requests} · ${views}`;
}

function words({ fetches, megabytes }: Aim): string {
  return `${fetches ?? "–"} / ${figure(megabytes, 1)}`;
}

/** Playing that went wrong, of which the figures alone would tell nothing. */
function failures(cells: readonly Cell[]): string {
  const lines = cells.flatMap(({ file, scenario, browser, measured, earlier }) =>
    Object.entries({ baseline: earlier, "this build": measured }).flatMap(([build, taken]) => {
      const { played } = taken ?? {};
      if (!played || (played.ended && played.error === 0)) return [];
      const how = played.error ? `error ${played.error}` : "didn't come to its end";
      const place = `${file.title}, ${DOINGS[scenario]}, ${browser}, ${build}`;
      return [`- ${place}: ${how}, at ${figure(played.at, 1)} s\n`];
    }),
  );
  return lines.length > 0 ? `\n## Not played to the end\n\n${lines.join("")}` : "";
}
