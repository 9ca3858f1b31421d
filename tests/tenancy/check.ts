import type { Recorder } from "./recorded-database.ts";
import { SCENARIOS } from "./scenarios.ts";
import type { Side } from "./sides.ts";
import type { Outcome, Stage } from "./stage.ts";

export const SIDES = ["A", "B"] as const;

/** What each function gives and writes where its company is alone, by its name and the side. */
export type Expected = ReadonlyMap<string, string>;

/** Plays each scenario as each company alone, and leaves the stage with the fixtures of both. */
export async function expectOutcomes(stage: Stage): Promise<Expected> {
  const expected = new Map<string, string>();
  for (const side of SIDES) {
    await stage.load([side]);
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      const { ours } = await stage.play(side, scenario);
      expected.set(`${name} ${side}`, ours);
    }
  }
  await stage.load(SIDES);
  return expected;
}

/**
 * Plays a function's scenario beside the other company.
 *
 * @returns what it told or did that it wouldn't alone; undefined when nothing
 */
export async function leakOf(
  stage: Stage,
  expected: Expected,
  name: string,
  side: Side,
  recorder?: Recorder,
): Promise<string | undefined> {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`There is no scenario of ${name}.`);
  const outcome: Outcome | Error = await stage
    .play(side, scenario, recorder)
    .catch((error: Error) => error);
  if (outcome instanceof Error) return `failed: ${outcome.message.split("\n")[0]}`;
  const [touched] = outcome.touched;
  if (touched) return `touched the other company's ${touched}`;
  const alone = expected.get(`${name} ${side}`) ?? "";
  return outcome.ours === alone ? undefined : `told ${difference(outcome.ours, alone)}`;
}

/** The first line in which two texts differ. */
function difference(one: string, other: string): string {
  const [lines, others] = [one.split("\n"), other.split("\n")];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `${lines[at] ?? "nothing"} instead of ${others[at] ?? "nothing"}`;
}
