import { mkdir, writeFile } from "node:fs/promises";
import { figure, machine, table, today } from "#bench/tools/markdown.ts";
import { percentile } from "#bench/tools/statistics.ts";
import type { Site } from "./pages.ts";
import { judge } from "./pages-aims.ts";
import type { Comparison } from "./pages-floor.ts";
import { planLines } from "./pages-plan.ts";
import { buffersOfAll } from "./pages-programs.ts";
import type { Statement } from "./pages-statements.ts";

const FILE = "bench/results/pages.md";

interface Run {
  /** The smallest first. */
  sites: readonly Site[];
  floors: readonly Comparison[];
  rounds: number;
  seconds: number;
}

/** Prints the figures beside what they should be, and keeps those of a whole run in bench/results. */
export async function writeReport(run: Run & { isWhole: boolean }): Promise<void> {
  const plans = plansOf(run.sites.at(-1));
  const report = reportOf(run);
  console.log(`\n${report}`);
  if (!run.isWhole) {
    console.log(`${plans}\nNot kept: this was a part.`);
    return;
  }
  await mkdir("bench/results", { recursive: true });
  await writeFile(FILE, `${report}\n${plans}`);
  console.log(`Written to ${FILE}`);
}

function reportOf({ sites, floors, rounds, seconds }: Run): string {
  return `# The inbox's pages on small and large databases

\`npm run bench -- pages --seconds=${seconds} --rounds=${rounds}\`, ${today()}, ${machine()}. The client, the server and PostgreSQL share them.

One company has nine tenths of the messages, on three numbers; up to 2000 others share the rest. Who asks is an agent who reaches two of the three numbers. The longest conversation has 1 % of all messages. Rows lie in the order of time, as they came in. PostgreSQL has 2 GB of shared buffers. Filled and indexed in ${sites.map(({ fillSeconds }) => `${fillSeconds.toFixed(0)} s`).join(", ")}.

## Aims

${table(
  ["aim", "measured", "met"],
  judge(sites, floors).map(({ aim, measured, met }) => [aim, measured, met ? "yes" : "**no**"]),
)}
## Time of a page

Milliseconds from the request to the end of the answer, p50 / p99, one request after the other over one connection, compressed; each database is asked once before any is asked again, at up to 50 addresses of each page.

${pageTable(sites, ({ times }, name) => {
  const found = times.get(name) ?? [];
  return `${figure(percentile(found, 0.5), 1)} / ${figure(percentile(found, 0.99), 1)}`;
})}
## What a page asks of PostgreSQL

Statements (pages of 8 kB that they touched; length of the HTML in kB), at the worst of three addresses.

${pageTable(sites, ({ captured }, name) => {
  const page = captured.get(name);
  if (!page) return "–";
  return `${page.statements.length} (${buffersOfAll(page)}; ${figure(page.html.length / 1000, 0)})`;
})}
## Against a bare server

Requests/s (the program's own CPU time for each in ms) over 8 connections on the largest database, medians of ${rounds} rounds. The bare server sends the same statements with as many connections, puts their answers into the gaps of the same HTML, and compresses it the same way; it knows no session, no route and no component.

${table(
  ["page", "ours", "bare", "ours ÷ bare"],
  floors.map(({ page, ours, floor, ratio }) => [
    page,
    ...[ours, floor].map(
      ({ requestsPerSecond, cpuMs }) => `${figure(requestsPerSecond, 0)} (${figure(cpuMs, 1)})`,
    ),
    figure(ratio, 2),
  ]),
)}`;
}

function pageTable(sites: readonly Site[], cell: (site: Site, page: string) => string): string {
  const names = sites[0]?.pages.map(({ name }) => name) ?? [];
  return table(
    ["page", ...sites.map(({ messages }) => `${messages} messages`)],
    names.map((name) => [name, ...sites.map((site) => cell(site, name))]),
  );
}

/** Each statement once, with the page that asked it first. */
function plansOf(site: Site | undefined): string {
  const seen = new Map<string, { page: string; statement: Statement }>();
  for (const [page, { statements }] of site?.captured ?? []) {
    for (const statement of statements) {
      if (!seen.has(statement.text)) seen.set(statement.text, { page, statement });
    }
  }
  const parts = [...seen.values()].map(({ page, statement: { text, plan } }) => {
    const sql = text.replace(/\s+/g, " ").trim();
    return `### ${page}\n\n\`\`\`sql\n${sql}\n\`\`\`\n\n\`\`\`\n${plan ? planLines(plan).join("\n") : "No plan."}\n\`\`\`\n`;
  });
  return `## Plans\n\nEXPLAIN (ANALYZE, BUFFERS) of what the server sent, on the largest database: each statement once, at the first page that sends it.\n\n${parts.join("\n")}`;
}
