import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Cluster } from "#db/testing/cluster.ts";
import { type Plan, parametersIn } from "./pages-plan.ts";

const SETTINGS = {
  // A quarter of a small server, and no checkpoint in the middle of a measurement.
  shared_buffers: "2GB",
  max_wal_size: "16GB",
  checkpoint_timeout: "1h",
  shared_preload_libraries: "auto_explain",
  logging_collector: "on",
  log_destination: "jsonlog",
  log_rotation_size: "0",
};
const WATCHING = {
  log_min_duration_statement: "0",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_buffers": "on",
  "auto_explain.log_format": "json",
};
/** Of db/open.server.ts. */
const APPLICATION_NAME = "tapview";
/** They go with each query, in one round trip (db/postgres/one-query-transaction.server.ts). */
const AROUND_A_QUERY = /^(begin|set local|commit)\b/i;
const RELOAD_MS = 500;
const POLL_MS = 20;

/** A statement as PostgreSQL carried it out. */
export interface Statement {
  text: string;
  parameters: (string | null)[];
  /** Undefined of a LISTEN and the like. */
  plan: Plan | undefined;
}

/** Gives a new cluster what a large database wants, and a log of statements that can be read. */
export async function configure(cluster: Cluster): Promise<void> {
  await alterSystem(cluster.url, SETTINGS);
  await cluster.shutDown();
  await cluster.startAgain();
}

/**
 * Has PostgreSQL log every statement with its plan: slow, so nothing is timed meanwhile.
 *
 * @param work is given what runs a page's request and returns the statements that it caused
 */
export async function watchStatements(
  cluster: Cluster,
  work: (statementsOf: (request: () => Promise<unknown>) => Promise<Statement[]>) => Promise<void>,
): Promise<void> {
  await alterSystem(cluster.url, WATCHING);
  await sleep(RELOAD_MS);
  const sql = postgres(cluster.url, { max: 1, onnotice: () => {} });
  try {
    await work(async (request) => {
      const { file, size } = await logOf(sql);
      const [begin, end] = [`begin ${Math.random()}`, `end ${Math.random()}`];
      await sql.unsafe(`select '${begin}'`);
      await request();
      await sql.unsafe(`select '${end}'`);
      return statementsIn(await linesBetween(sql, { file, size }, begin, end));
    });
  } finally {
    await sql.end();
    await alterSystem(
      cluster.url,
      Object.fromEntries(Object.keys(WATCHING).map((name) => [name, undefined])),
    );
    await sleep(RELOAD_MS);
  }
}

async function alterSystem(url: string, settings: Record<string, string | undefined>) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  for (const [name, value] of Object.entries(settings)) {
    await sql.unsafe(
      value === undefined ? `alter system reset ${name}` : `alter system set ${name} = '${value}'`,
    );
  }
  await sql`select pg_reload_conf()`;
  await sql.end();
}

interface LogFile {
  file: string;
  /** In bytes, so far. */
  size: number;
}

async function logOf(sql: postgres.Sql): Promise<LogFile> {
  const [row] = await sql<LogFile[]>`
    select file, (pg_stat_file(file)).size::int as size from pg_current_logfile('jsonlog') file`;
  if (!row) throw new Error("PostgreSQL has no log.");
  return row;
}

/** Lines logged between two statements of our own. The log is written a moment after what it tells. */
async function linesBetween(
  sql: postgres.Sql,
  { file, size: from }: LogFile,
  begin: string,
  end: string,
): Promise<LogLine[]> {
  for (;;) {
    const { size } = await logOf(sql);
    const [row] = await sql`select pg_read_file(${file}, ${from}, ${size - from}) as log`;
    const log = String(row?.log);
    const last = log.indexOf(end);
    if (last >= 0) {
      const first = log.indexOf("\n", log.lastIndexOf(begin));
      return log.slice(first, log.lastIndexOf("\n", last)).split("\n").map(parseLine);
    }
    await sleep(POLL_MS);
  }
}

interface LogLine {
  application_name?: string;
  message?: string;
  detail?: string;
}

function parseLine(line: string): LogLine {
  return line ? JSON.parse(line) : {};
}

/**
 * The app's statements, without what begins and ends each one's transaction. Statements and their
 * plans are logged apart from each other, one before or after the other.
 */
export function statementsIn(lines: readonly LogLine[]): Statement[] {
  const ours = lines.filter(({ application_name: name }) => name === APPLICATION_NAME);
  const plans = ours.flatMap(({ message = "" }) => {
    const [, json] = /^duration: [\d.]+ ms {2}plan:\n(.*)$/s.exec(message) ?? [];
    return json === undefined ? [] : [JSON.parse(json) as { "Query Text": string; Plan: Plan }];
  });
  return ours.flatMap(({ message = "", detail = "" }) => {
    const [, text] =
      /^duration: [\d.]+ ms {2}(?:execute \S+|statement): (.*)$/s.exec(message) ?? [];
    if (text === undefined || AROUND_A_QUERY.test(text)) return [];
    const at = plans.findIndex((plan) => plan["Query Text"] === text);
    const [found] = at < 0 ? [] : plans.splice(at, 1);
    return [{ text, parameters: parametersIn(detail), plan: found?.Plan }];
  });
}
