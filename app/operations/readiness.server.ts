import { boundedQuery } from "#app/process/bounded-query.server.ts";
import { pendingMigrations } from "#db/migrations.server.ts";
import type { Db } from "#db/open.server.ts";

const ANSWER_WITHIN_MS = 2_000;

export interface ReadinessInput {
  db: Db;
  draining: boolean;
  /** In milliseconds. */
  answerWithin?: number;
}

const pendingWithin = boundedQuery(pendingMigrations);

/** @returns what keeps this process from serving, each with what to do; empty when nothing does */
export async function readiness(input: ReadinessInput): Promise<string[]> {
  const draining = input.draining ? ["The server is shutting down."] : [];
  const database = await databaseProblem(input.db, input.answerWithin ?? ANSWER_WITHIN_MS);
  return database === undefined ? draining : [...draining, database];
}

async function databaseProblem(db: Db, answerWithin: number): Promise<string | undefined> {
  try {
    const pending = await pendingWithin(db, answerWithin);
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
