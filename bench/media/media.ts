import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { Options } from "#bench/run.ts";
import { closedLoop, paced } from "#bench/tools/load.ts";
import type { Target } from "#bench/tools/load-connection.ts";
import { printProfile } from "#bench/tools/profile.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { type Cdn, startCdn } from "./media-cdn.ts";
import { type ByProgram, measureInTurn } from "./media-measure.ts";
import { isWhole, type Plan, planOf, type Size } from "./media-plan.ts";
import { type Contender, startContenders } from "./media-programs.ts";
import { writeReport } from "./media-report.ts";

const WARM_UP_SECONDS = 0.5;
/** Until the compiler has seen the code of all programs. */
const FIRST_WARM_UP_SECONDS = 3;
const PACED_CONNECTIONS = 16;
/** What every program carries with room to spare. */
const MAX_PACED_PER_SECOND = 100;
const MAX_PACED_BYTES_PER_SECOND = 100_000_000;

/** One line of the tables. */
export interface Cell {
  size: Size;
  connections: number;
  programs: ByProgram;
}

export interface PacedCell extends Cell {
  perSecond: number;
}

/**
 * The whole media route (session, database, membership, hash) against a bare Node proxy, nginx, and
 * the same build under remix-serve, in front of the same simulated WhatsApp, in one run.
 */
export async function benchMedia(
  options: Pick<Options, "seconds" | "rounds" | "sizes" | "connections" | "profile">,
): Promise<void> {
  const plan = planOf(options);
  const profileTo = options.profile
    ? mkdtempSync(path.join(tmpdir(), "tapview-profile-"))
    : undefined;
  // In this order: the simulator ends with this process, PostgreSQL would not.
  const cdn = await startCdn();
  const cluster = await startCluster();
  let contenders: Contender[] = [];
  try {
    const databaseUrl = await createDatabase(cluster.url);
    contenders = await startContenders(cdn, databaseUrl, profileTo);
    await analyse(databaseUrl);
    await warmUp(cdn, contenders);
    const closed: Cell[] = [];
    for (const size of plan.sizes) {
      for (const connections of plan.connections) {
        closed.push(await closedCell(cdn, contenders, plan, size, connections));
      }
    }
    const steady: PacedCell[] = [];
    for (const size of plan.sizes) steady.push(await pacedCell(cdn, contenders, plan, size));
    await writeReport({ plan, closed, paced: steady, isWhole: isWhole(plan) });
  } finally {
    for (const contender of contenders) await contender.stop();
    await cdn.stop();
    await cluster.stop();
  }
  if (profileTo) printProfile(profileTo);
}

/** As autovacuum does within a minute; until then the planner takes the tables for empty. */
async function analyse(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`analyze`;
  await sql.end();
}

async function warmUp(cdn: Cdn, contenders: Contender[]): Promise<void> {
  const load = (target: Target) =>
    closedLoop(target, { connections: 4, seconds: FIRST_WARM_UP_SECONDS });
  await measureInTurn(cdn, contenders, { bytes: 100_000, rounds: 0, warmUp: load, load });
}

async function closedCell(
  cdn: Cdn,
  contenders: Contender[],
  { rounds, seconds }: Plan,
  size: Size,
  connections: number,
): Promise<Cell> {
  console.log(`${size.title}, ${connections} connections`);
  const loadFor = (seconds: number) => (target: Target) =>
    closedLoop(target, { connections, seconds });
  const load = loadFor(seconds);
  const warmUp = loadFor(WARM_UP_SECONDS);
  const programs = await measureInTurn(cdn, contenders, { ...size, rounds, warmUp, load });
  return { size, connections, programs };
}

async function pacedCell(
  cdn: Cdn,
  contenders: Contender[],
  { rounds, seconds }: Plan,
  size: Size,
): Promise<PacedCell> {
  const connections = PACED_CONNECTIONS;
  const perSecond = Math.min(MAX_PACED_PER_SECOND, MAX_PACED_BYTES_PER_SECOND / size.bytes);
  console.log(`${size.title}, ${perSecond} requests/s`);
  const loadFor = (seconds: number) => (target: Target) =>
    paced(target, { connections, perSecond, seconds });
  const load = loadFor(seconds);
  const warmUp = loadFor(WARM_UP_SECONDS);
  const programs = await measureInTurn(cdn, contenders, { ...size, rounds, warmUp, load });
  return { size, connections, perSecond, programs };
}
