import { type Expected, leakOf, SIDES } from "./check.ts";
import { EQUIVALENTS, equivalentOf } from "./equivalents.ts";
import { readModels } from "./model-functions.ts";
import { kill, type Mutant, type MutantFinder } from "./mutants.ts";
import { SCENARIOS, WITHOUT_COMPANY } from "./scenarios.ts";
import type { Stage } from "./stage.ts";

/** What is wrong with the scenarios themselves, one line each: nothing, if they reach all that asks the database. */
export function missingScenarios(places: ReadonlySet<string>): string[] {
  const { functions, queries } = readModels();
  const expected = { company: SCENARIOS, database: WITHOUT_COMPANY };
  const names = new Set(functions.map(({ name }) => name));
  return [
    ...functions
      .filter(({ name, takes }) => !Object.hasOwn(expected[takes], name))
      .map(({ file, name, takes }) =>
        takes === "company"
          ? `${file}: ${name} has no scenario in tests/tenancy`
          : `${file}: ${name} takes no company, and scenarios.ts gives no reason`,
      ),
    ...queries
      .filter((place) => !places.has(place))
      .map((place) => `${place}: no scenario asks it`),
    ...Object.keys({ ...SCENARIOS, ...WITHOUT_COMPANY })
      .filter((name) => !names.has(name))
      .map((name) => `${name}: there is no such function any more`),
  ];
}

/** Plays every scenario beside the other company. @returns what leaked, one line each */
export async function findLeaks(stage: Stage, expected: Expected, finder: MutantFinder) {
  const leaks: string[] = [];
  for (const name of Object.keys(SCENARIOS)) {
    for (const side of SIDES) {
      const leak = await leakOf(stage, expected, name, side, finder.recorder(name));
      if (leak) leaks.push(`${name} as company ${side} ${leak}`);
    }
  }
  return leaks;
}

export interface Tally {
  /** Mutants that a scenario told from the models as they are. */
  killed: Mutant[];
  /** Those of EQUIVALENTS. */
  equivalent: Mutant[];
  survivors: Mutant[];
  /** Entries of EQUIVALENTS that are no survivor, or aren't there any more. */
  unneeded: string[];
}

/** Takes away one company predicate after the other, and plays the scenarios that ask by it. */
export async function killAll(
  stage: Stage,
  expected: Expected,
  mutants: readonly Mutant[],
): Promise<Tally> {
  const tally: Tally = { killed: [], equivalent: [], survivors: [], unneeded: [] };
  for (const mutant of mutants) {
    const isEquivalent = equivalentOf(mutant) !== undefined;
    if (await kill(stage, expected, mutant)) tally.killed.push(mutant);
    else (isEquivalent ? tally.equivalent : tally.survivors).push(mutant);
  }
  const used = new Set(tally.equivalent.map(equivalentOf));
  tally.unneeded = EQUIVALENTS.filter((one) => !used.has(one)).map(
    ({ file, predicate }) => `${file}: ${predicate}`,
  );
  return tally;
}

/** One line. */
export function describeMutant({ place, predicate, functions }: Mutant): string {
  const [first, ...others] = functions;
  const name = others.length > 0 ? `${first} and ${others.length} more` : first;
  return `${place} (${name}): … ${predicate.context}`;
}
