import { type Expected, leakOf, SIDES } from "./check.ts";
import { companyPredicates, type Predicate, withoutPredicates } from "./predicates.ts";
import type { Recorder } from "./recorded-database.ts";
import type { Stage } from "./stage.ts";

/** The models with one predicate less. */
export interface Mutant {
  /** Where the statement is asked, "file:line". */
  place: string;
  predicate: Predicate;
  /** Whose scenarios ask it. */
  functions: Set<string>;
}

/** The company predicates that scenarios ask by, gathered while they are played. */
export class MutantFinder {
  readonly #mutants = new Map<string, Mutant>();
  /** All places in the models that began a query. */
  readonly places = new Set<string>();

  get mutants(): Mutant[] {
    return [...this.#mutants.values()];
  }

  /** @param name of the function whose scenario is played */
  recorder(name: string): Recorder {
    return {
      query: (place) => this.places.add(place),
      statement: (text, place) => {
        if (place) this.#find(name, text, place);
        return text;
      },
    };
  }

  #find(name: string, text: string, place: string): void {
    for (const predicate of companyPredicates(text)) {
      const key = `${place} ${predicate.context}`;
      const mutant = this.#mutants.get(key) ?? { place, predicate, functions: new Set() };
      this.#mutants.set(key, mutant);
      mutant.functions.add(name);
    }
  }
}

/** Plays the scenarios that ask by the predicate without it. @returns what showed that it was gone */
export async function kill(
  stage: Stage,
  expected: Expected,
  { place, predicate, functions }: Mutant,
): Promise<string | undefined> {
  const recorder: Recorder = {
    statement: (text, asking) =>
      asking === place ? withoutPredicates(text, predicate.context) : text,
  };
  for (const name of functions) {
    for (const side of SIDES) {
      const leak = await leakOf(stage, expected, name, side, recorder);
      if (leak) return `${name} ${leak}`;
    }
  }
  return undefined;
}
