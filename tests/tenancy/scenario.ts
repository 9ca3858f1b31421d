import { databaseErrorCode } from "#app/models/database-errors.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { ONLY, otherSide, type Side } from "./sides.ts";

/** What a scenario is played in: one of two companies that are alike (fixtures.ts). */
export interface World {
  scope: CompanyScope;
  side: Side;
  /** What both companies have, what this one alone has, and what the other alone has. */
  ids: readonly [shared: number, own: number, foreign: number];
}

/**
 * Calls of a model function that between them ask all of its statements, so that each would answer
 * or write something else if it forgot the company.
 */
export type Scenario = (world: World) => Promise<unknown>;

export function worldOf(scope: CompanyScope, side: Side): World {
  return { scope, side, ids: [1, ONLY[side], ONLY[otherSide(side)]] };
}

/** One call after the other. A refusal is an answer like any other, and takes back what its call wrote. */
export async function each<T>(
  { scope }: World,
  values: readonly T[],
  call: (scope: CompanyScope, value: T) => Promise<unknown>,
): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const value of values) {
    answers.push(
      await scope.db
        .transaction((db) => call({ ...scope, db }, value))
        .catch((error: Error) => `${error.name} ${databaseErrorCode(error) ?? error.message}`),
    );
  }
  return answers;
}
