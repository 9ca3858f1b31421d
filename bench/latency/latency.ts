import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Options } from "#bench/run.ts";
import { positive } from "#bench/tools/positive.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { startApp } from "#tests/support/app/app.ts";
import { baselineBuild } from "./latency-builds.ts";
import { writeReport } from "./latency-report.ts";
import { sendFiles, type Tapper, type Taps, tapCold, tapInPage } from "./latency-taps.ts";
import { type DistantWhatsApp, startDistantWhatsApp } from "./latency-whatsapp.ts";

const ROUND_TRIP_MS = 50;
const TAPS_A_ROUND = 4;
/** What a page of a conversation shows. */
const MAX_FILES = 50;
/** So that the two builds don't work in the same moment. */
const APART_MS = 400;
const FIRST_MEDIA_ID = 880_000_000_000_000;
export const LATENCY_DEFAULTS = { seconds: "30", rounds: "9" };

/** One build, with a database of its own. */
interface Contender {
  folder: string;
  databaseUrl: string;
  conversation: string;
  files: string[];
  taps: Taps;
}

/** How long after a tap the first byte comes, over a network with a delay: this build and an earlier one. */
export async function benchLatency(
  options: Pick<Options, "seconds" | "rounds" | "baseline">,
): Promise<void> {
  const [quietSeconds, rounds] = [
    positive("seconds", options.seconds),
    positive("rounds", options.rounds),
  ];
  if (rounds * TAPS_A_ROUND > MAX_FILES) throw new Error("--rounds: a page has too few files");
  const folder = await mkdtemp(path.join(tmpdir(), "tapview-latency-"));
  const whatsapp = await startDistantWhatsApp(ROUND_TRIP_MS);
  const env = await environment(whatsapp, folder);
  const baseline = await baselineBuild(options.baseline);
  const cluster = await startCluster();
  try {
    const builds: Contender[] = [];
    for (const build of [baseline.folder, process.cwd()]) {
      const databaseUrl = await createDatabase(cluster.url);
      builds.push(await prepare(build, databaseUrl, env, rounds * TAPS_A_ROUND));
    }
    let tapped = 0;
    for (let round = 0; round < rounds; round++) {
      for (const build of builds) await during(build, env, (tapper) => tapCold(tapper, build.taps));
      await Promise.all(
        builds.map(async (build, place) => {
          await sleep(place * APART_MS);
          await during(build, env, (tapper) => tapInPage(tapper, build.taps, quietSeconds * 1000));
        }),
      );
      tapped += builds.length * TAPS_A_ROUND;
      console.log(`${round + 1} of ${rounds} rounds`);
    }
    const [then, now] = builds.map(({ taps }) => taps);
    if (!then || !now) throw new Error("unreachable");
    const untapped = whatsapp.asked.lookUps - tapped;
    const run = { roundTripMs: ROUND_TRIP_MS, quietSeconds, rounds, untapped };
    const isWhole = options.seconds === LATENCY_DEFAULTS.seconds && rounds >= 9;
    const against = { name: baseline.name, taps: then };
    await writeReport({ ...run, baseline: against, present: now }, isWhole);
  } finally {
    await whatsapp.stop();
    await cluster.stop();
    await baseline.remove();
    await rm(folder, { recursive: true });
  }
}

async function environment(whatsapp: DistantWhatsApp, folder: string) {
  const certificate = path.join(folder, "certificate.pem");
  await writeFile(certificate, whatsapp.certificate);
  return {
    NODE_EXTRA_CA_CERTS: certificate,
    WHATSAPP_GRAPH_URL: whatsapp.graphUrl,
    WHATSAPP_MEDIA_HOSTS: whatsapp.fileHost,
  };
}

/** Fills the database: the demo's companies, and a conversation with as many files as will be tapped. */
async function prepare(
  folder: string,
  databaseUrl: string,
  env: Record<string, string>,
  count: number,
): Promise<Contender> {
  const files = Array.from({ length: count }, (_, index) => String(FIRST_MEDIA_ID + index));
  const app = await startApp({ folder, databaseUrl, env });
  await sendFiles(app.url, files);
  await app.stop();
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql`select conversation_id from messages where media_id = ${files[0] ?? ""}`;
  await sql`analyze`;
  await sql.end();
  const conversation = `/conversations/${row?.conversation_id}`;
  const taps = { cold: [], opened: [], quiet: [], after: [] };
  return { folder, databaseUrl, conversation, files, taps };
}

async function during(
  { folder, databaseUrl, conversation, files }: Contender,
  env: Record<string, string>,
  act: (tapper: Tapper) => Promise<void>,
): Promise<void> {
  const app = await startApp({ folder, databaseUrl, env, seed: false });
  try {
    const headers = { Cookie: await app.login("agent@acme.test") };
    const next = () => files.pop() ?? "";
    await act({ url: app.url, headers, conversation, next });
  } finally {
    await app.stop();
  }
}
