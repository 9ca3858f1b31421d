import type { Options } from "#bench/run.ts";
import { positive } from "#bench/tools/positive.ts";
import { type Cluster, startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { seed } from "#tests/support/app/seed.ts";
import { fill, shapeOf } from "./pages-fill.ts";
import { compareWithFloor } from "./pages-floor.ts";
import { htmlOf, openVisitor } from "./pages-load.ts";
import { buffersOfAll, type Captured, type Program, startOurs } from "./pages-programs.ts";
import { writeReport } from "./pages-report.ts";
import { configure, watchStatements } from "./pages-statements.ts";
import { type Page, pagesOf } from "./pages-urls.ts";

const MESSAGES = "1000,1000000,10000000";
const WARM_UP_REQUESTS = 10;
const REQUESTS = 50;

/** One database, our server on it, and what was found out. */
export interface Site {
  /** In it. */
  messages: number;
  fillSeconds: number;
  databaseUrl: string;
  program: Program;
  pages: Page[];
  /** By a page's name: milliseconds of each answer. */
  times: Map<string, number[]>;
  /** By a page's name: an address, as it was answered. */
  captured: Map<string, Captured>;
}

/**
 * The inbox's pages, over HTTP, on databases of several sizes in turn: how long they take, how many
 * statements PostgreSQL was given and how it carried them out; and the two that are asked for most
 * against a bare server.
 */
export async function benchPages(
  options: Pick<Options, "seconds" | "rounds" | "messages">,
): Promise<void> {
  const seconds = positive("seconds", options.seconds);
  const rounds = positive("rounds", options.rounds);
  const sizes = (options.messages ?? MESSAGES).split(",").map((n) => positive("messages", n));
  const cluster = await startCluster();
  const sites: Site[] = [];
  try {
    await configure(cluster);
    for (const messages of sizes) sites.push(await openSite(cluster, messages));
    await measure(sites, WARM_UP_REQUESTS);
    for (const { times } of sites) times.clear();
    for (let round = 0; round < rounds; round++) await measure(sites, REQUESTS);
    await capture(cluster, sites);
    const largest = sites.at(-1);
    const floors = largest ? await compareWithFloor(largest, { rounds, seconds }) : [];
    await writeReport({ sites, floors, rounds, seconds, isWhole: options.messages === undefined });
  } finally {
    for (const { program } of sites) await program.stop();
    await cluster.stop();
  }
}

async function openSite(cluster: Cluster, wanted: number): Promise<Site> {
  const databaseUrl = await createDatabase(cluster.url);
  await seed({ DATABASE_URL: databaseUrl });
  const { messages, seconds: fillSeconds } = await fill(databaseUrl, shapeOf(wanted));
  console.log(`${messages} messages in ${fillSeconds.toFixed(0)} s`);
  const pages = await pagesOf(databaseUrl);
  const program = await startOurs(databaseUrl);
  const found = { times: new Map(), captured: new Map() };
  return { messages, fillSeconds, databaseUrl, program, pages, ...found };
}

/**
 * Asks each site once before any is asked again: what else the machine does falls on all of them.
 * Goes on in a page's addresses where it ended the last time.
 */
async function measure(sites: readonly Site[], requests: number): Promise<void> {
  const names = sites[0]?.pages.map(({ name }) => name) ?? [];
  const visitors = sites.map(({ program }) => openVisitor(program));
  for (const name of names) {
    for (let request = 0; request < requests; request++) {
      for (const [index, { pages, times }] of sites.entries()) {
        const paths = pages.find((page) => page.name === name)?.paths ?? [];
        const known = times.get(name) ?? [];
        const path = paths[known.length % paths.length];
        if (path === undefined) throw new Error(`There is no address for: ${name}`);
        times.set(name, [...known, (await visitors[index]?.time(path)) ?? Number.NaN]);
      }
    }
  }
  for (const visitor of visitors) await visitor.leave();
}

/** What PostgreSQL is given for each page, now that it has made its plans; of several addresses the worst. */
async function capture(cluster: Cluster, sites: readonly Site[]): Promise<void> {
  await watchStatements(cluster, async (statementsOf) => {
    const visit = async (program: Program, path: string): Promise<Captured> => {
      let html = "";
      const statements = await statementsOf(async () => {
        html = await htmlOf(program, path);
      });
      return { path, html, statements };
    };
    for (const { pages, program, captured } of sites) {
      for (const { name, paths } of pages) {
        const found: Captured[] = [];
        for (const path of new Set([paths[0], paths[paths.length >> 1], paths.at(-1)])) {
          if (path === undefined) continue;
          // What the server does by itself, such as housekeeping, falls into one visit, not into all.
          const visits = [await visit(program, path), await visit(program, path)];
          found.push(
            ...visits.sort((a, b) => a.statements.length - b.statements.length).slice(0, 1),
          );
        }
        const [worst] = found.sort((a, b) => buffersOfAll(b) - buffersOfAll(a));
        if (worst) captured.set(name, worst);
      }
    }
  });
}
