import { createVitest } from "vitest/node";
import { createDatabase, dropDatabase } from "./databases.ts";
import { onDatabase, type PolicyMutant, policyMutants } from "./policy-mutants.ts";

const TESTS = ["db/row-level-security.db.test.ts"];

export interface PolicyCheck {
  mutants: PolicyMutant[];
  survivors: PolicyMutant[];
}

/**
 * Runs the tests of row-level security against databases that each lack one of its walls.
 *
 * @param admin a PostgreSQL server, by a superuser's login; TEST_DATABASE_URL names it too
 * @param told of each mutant the test that noticed it, undefined where none did
 * @throws when the tests fail on the database as it is
 */
export async function checkPolicies(
  admin: string,
  told: (mutant: PolicyMutant, noticedBy: string | undefined) => void,
): Promise<PolicyCheck> {
  process.env.TEST_DATABASE_URL = admin;
  const vitest = await createVitest("test", {
    ...{ project: ["postgres"], watch: false, bail: 1, reporters: [{}] },
  });
  const firstFailure = async () => {
    const files = await vitest.globTestSpecifications(TESTS);
    if (files.length !== TESTS.length) throw new Error(`${TESTS} is not there.`);
    const { testModules } = await vitest.runTestSpecifications(files);
    for (const module of testModules) {
      const [test] = module.children.allTests("failed");
      if (test || !module.ok()) return test?.fullName ?? "the file as a whole";
    }
    return undefined;
  };
  try {
    const failure = await firstFailure();
    if (failure) throw new Error(`${TESTS} fails with every wall in its place: ${failure}`);
    const [project] = vitest.projects;
    const whole = project?.getProvidedContext().postgresTemplate ?? "";
    const mutants = await policyMutants(whole);
    const survivors: PolicyMutant[] = [];
    for (const mutant of mutants) {
      const template = await createDatabase(admin, { prefix: "mutant", template: whole });
      await onDatabase(template, (client) => client.unsafe(mutant.sql));
      project?.provide("postgresTemplate", template);
      const noticedBy = await firstFailure();
      if (!noticedBy) survivors.push(mutant);
      told(mutant, noticedBy);
      await dropDatabase(admin, template);
    }
    project?.provide("postgresTemplate", whole);
    return { mutants, survivors };
  } finally {
    await vitest.close();
  }
}
