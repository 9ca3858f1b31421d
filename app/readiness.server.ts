import { pendingMigrations } from "#db/migrations.server.ts";
import type { Db } from "#db/open.server.ts";

const ANSWER_WITHIN_MS = 2_000;

export interface ReadinessInput {
  db: Db;
  draining: boolean;
  /** In milliseconds. */
  answerWithin?: number;
}

/** One at a time: a database that hangs must not collect a query from every probe. */
const underWay = new WeakMap<Db, Promise<number>>();

/** @returns what keeps this process from serving, each with what to do; empty when nothing does */
export async function readiness(input: ReadinessInput): Promise<string[]> {
  const draining = input.draining ? ["The server is shutting down."] : [];
  const database = await databaseProblem(input.db, input.answerWithin ?? ANSWER_WITHIN_MS);
  return database === undefined ? draining : [...draining, database];
}

async function databaseProblem(db: Db, answerWithin: number): Promise<string | undefined> {
  try {
    const pending = await withDeadline(pendingOnce(db), answerWithin);
    if (pending === "late") {
      return "The database does not answer in time. Check its load, and the network between.";
    }
    return pending === 0
      ? undefined
      : `The database lacks ${pending} of this version's migrations. Run npm run db:migrate.`;
  } catch {
    return "The database can't be reached. Check that it runs, and DATABASE_URL.";
  }
}

function pendingOnce(db: Db): Promise<number> {
  const running = underWay.get(db);
  if (running !== undefined) return running;
  const started = pendingMigrations(db).finally(() => underWay.delete(db));
  underWay.set(db, started);
  return started;
}

function withDeadline<T>(work: Promise<T>, ms: number): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
