import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { machine, table, today, withKeptSection } from "#bench/tools/markdown.ts";
import { findNginx } from "./floor-nginx.ts";
import type { Cell, PacedCell } from "./media.ts";
import { judge } from "./media-aims.ts";
import type { Plan } from "./media-plan.ts";
import { firstByteTable, throughputTable, upstreamTable, usageTable } from "./media-tables.ts";

const FILE = "bench/results/media.md";
/** Written by hand; a run keeps it. */
const KEPT_HEADING = "## Where the time goes";

interface Run {
  plan: Plan;
  closed: readonly Cell[];
  paced: readonly PacedCell[];
}

/** Prints the figures beside what they should be, and keeps those of a whole run in bench/results. */
export async function writeReport(run: Run & { isWhole: boolean }): Promise<void> {
  const report = reportOf(run);
  console.log(`\n${report}`);
  if (!run.isWhole) {
    console.log("Not kept: this was a part.");
    return;
  }
  const earlier = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  await mkdir("bench/results", { recursive: true });
  await writeFile(FILE, withKeptSection(report, earlier, KEPT_HEADING));
  console.log(`Written to ${FILE}`);
}

function reportOf({ plan: { seconds, rounds }, closed, paced }: Run): string {
  return `# The media route against other programs

\`npm run bench -- media --seconds=${seconds} --rounds=${rounds}\`, ${today()}, ${machine()}. The load generator, the simulated WhatsApp, PostgreSQL and the program measured share them.

- **route**: all of it: session, PostgreSQL, membership, SHA-256, deadlines, log.
- **bare**: a Node \`http\` proxy that passes every path on with the token and checks nothing.
- **nginx**: \`proxy_pass\`, one process, unbuffered.${findNginx() ? "" : " Not installed here."}
- **remix-serve**: the route's own build under the stock server.

One simulated WhatsApp feeds all of them, in one run and in turn: ${rounds} rounds of ${seconds} s. A throughput is the median of the rounds, a ratio the median of the rounds' ratios; first bytes are of all rounds together, with a p99 from 100 samples on.

## Aims

${aimsTable({ closed, paced })}
## Throughput

Requests/s (MB/s). Each connection asks again when its last answer is complete.

${throughputTable(closed)}
## First byte, saturated

In the same measurements, so mostly time spent behind the other connections' requests. Milliseconds, p50 / p99.

${firstByteTable(closed)}
## First byte, paced

Requests at fixed times, counted from when each was due. Milliseconds, p50 / p99.

${firstByteTable(paced, { "requests/s": ({ perSecond }) => String(perSecond) })}
## CPU and memory

The program's CPU time in ms for each MB it handed on (peak of its resident memory in MB).

${usageTable(closed)}
## Upstream calls

Look-ups of the file / downloads for each view, the first one included; each line is a file of its own. The addresses of bare and nginx are given to them.

${upstreamTable(closed)}`;
}

function aimsTable({ closed, paced }: Pick<Run, "closed" | "paced">): string {
  const rows = judge(closed, paced).map(({ aim, measured, met }) => {
    const verdict = met === undefined ? "–" : met ? "yes" : "**no**";
    return [aim, measured, verdict];
  });
  return table(["aim", "measured (size × connections)", "met"], rows);
}
