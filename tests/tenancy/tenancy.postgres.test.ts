import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { type Expected, expectOutcomes } from "./check.ts";
import { MutantFinder } from "./mutants.ts";
import { describeMutant, findLeaks, killAll, missingScenarios } from "./report.ts";
import { Stage } from "./stage.ts";

describe("two companies that are alike but for what they say", () => {
  let stage: Stage;
  let expected: Expected;
  const finder = new MutantFinder();

  beforeAll(async () => {
    stage = new Stage(process.env.DATABASE_URL ?? "");
    expected = await expectOutcomes(stage);
  });
  afterAll(async () => {
    await stage?.close();
    await closeDatabase();
  });

  it("F89 don't notice each other, whatever model function is called", async () => {
    expect(await findLeaks(stage, expected, finder)).toEqual([]);
  });

  it("F89 are asked for by every query of every model function", () => {
    expect(missingScenarios(finder.places)).toEqual([]);
  });

  it("F89 notice each other when any company predicate is missing", async () => {
    const { killed, survivors, unneeded } = await killAll(stage, expected, finder.mutants);
    const needed = "rows in tests/tenancy/fixtures.ts, with the same ids in both companies";
    expect({ survivors: survivors.map(describeMutant), unneeded }, needed).toEqual({
      survivors: [],
      unneeded: [],
    });
    expect(killed.length).toBeGreaterThan(100);
  });
});
