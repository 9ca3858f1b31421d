import { migrateDatabase } from "#db/migrations.server.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { checkPolicies } from "#db/testing/policy-check.ts";
import { expectOutcomes } from "#tests/tenancy/check.ts";
import { MutantFinder } from "#tests/tenancy/mutants.ts";
import { describeMutant, findLeaks, killAll, missingScenarios } from "#tests/tenancy/report.ts";
import { SCENARIOS } from "#tests/tenancy/scenarios.ts";
import { Stage } from "#tests/tenancy/stage.ts";

// Takes away one company predicate of the models after the other, then one wall of row-level
// security after the other. Ends with 1 when nothing notices.
const cluster = await startCluster();
try {
  const failures = [...(await checkModels(cluster.url)), ...(await checkWalls(cluster.url))];
  for (const failure of failures) console.error(failure);
  // Vitest has set it for each run that failed, as nearly all are meant to.
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  await cluster.stop();
}

async function checkModels(admin: string): Promise<string[]> {
  const url = await createDatabase(admin);
  await migrateDatabase(url);
  const stage = new Stage(url);
  try {
    const finder = new MutantFinder();
    const expected = await expectOutcomes(stage);
    const leaks = await findLeaks(stage, expected, finder);
    const { mutants, places } = finder;
    const tally = await killAll(stage, expected, mutants);
    const joins = mutants.filter(({ predicate }) => predicate.kind === "join").length;
    console.table({
      "functions of a company": Object.keys(SCENARIOS).length,
      "queries in the models": places.size,
      "predicates on the company asked for": mutants.length - joins,
      "predicates between two rows": joins,
      killed: tally.killed.length,
      "equivalent (tests/tenancy/equivalents.ts)": tally.equivalent.length,
      survivors: tally.survivors.length,
    });
    return [
      ...leaks,
      ...missingScenarios(places),
      ...tally.survivors.map((mutant) => `survives: ${describeMutant(mutant)}`),
      ...tally.unneeded.map((one) => `not needed in equivalents.ts: ${one}`),
    ];
  } finally {
    await stage.close();
  }
}

async function checkWalls(admin: string): Promise<string[]> {
  const { mutants, survivors } = await checkPolicies(admin, ({ name }, noticedBy) =>
    console.log(`${name}: ${noticedBy ?? "SURVIVES"}`),
  );
  console.table({ "walls of row-level security": mutants.length, survivors: survivors.length });
  return survivors.map(({ name }) => `survives: ${name}`);
}
