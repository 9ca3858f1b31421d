import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import type { Answer } from "./ask.ts";
import { canariesIn } from "./canaries.ts";
import { comparable } from "./comparable.ts";
import { Findings } from "./findings.ts";
import { inParallel } from "./in-parallel.ts";
import { SEES } from "./people.ts";
import { routePaths } from "./route-paths.ts";
import { snapshotOf } from "./snapshot.ts";
import { readTable } from "./table.ts";
import { problemsOf, type Visit, visit } from "./visit.ts";
import { changingVisits, endsSession, isOutsider, isPowerless, readingVisits } from "./visits.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(async () => {
  await world?.app.stop();
  await closeDatabase();
});

it("every path has its lines in the table, and every line its path", () => {
  const paths = routePaths();
  const table = readTable();
  const missing = paths.filter(({ path }) => !table.has(path));
  const strays = [...table.keys()].filter((line) => !paths.some(({ path }) => path === line));
  expect([
    ...missing.map(({ path, ids }) => `Add ${path} (${ids}) to tests/access/table.ts.`),
    ...strays.map((path) => `${path} of tests/access/table.ts is not in app/routes.ts.`),
  ]).toEqual([]);
});

// Before anybody reads: a file's view is written down some time after the answer.
it("F73 F74 F75 F85 F86 F87 nobody changes what they may not", async () => {
  const before = await snapshotOf(world.companyId);
  await expectTable(changes().filter((asked) => isPowerless(asked) && !endsSession(asked)));
  expect(await snapshotOf(world.companyId)).toEqual(before);
});

it("F73 F75 another company's object is answered like one that isn't there, to the byte", async () => {
  const before = await snapshotOf(world.companyId);
  const { foreign, missing } = world.parameters;
  const [theirs, nobodys] = [foreign, missing].map((parameters) =>
    [...readingVisits(world, parameters), ...changingVisits(world, parameters)].filter(
      ({ path, person }) => path.includes(":") && isOutsider(person),
    ),
  ) as [Visit[], Visit[]];
  expect(theirs.length).toBeGreaterThan(500);
  const findings = new Findings();
  await inParallel(theirs, async (asked, index) => {
    const twin = nobodys[index] as Visit;
    const one = comparable(await visit(world, asked), foreign);
    const other = comparable(await visit(world, twin), missing);
    findings.add(asked, one === other ? [] : [`differs from ${twin.way.path}: ${one} ${other}`]);
  });
  expect(findings.list()).toEqual([]);
  expect(await snapshotOf(world.companyId)).toEqual(before);
});

it("F73 F74 F75 F85 F86 F87 everybody sees what is theirs, and nothing else", async () => {
  const seen = new Set<string>();
  await expectTable(readingVisits(world, world.parameters.real), ({ person }, answer) => {
    for (const audience of canariesIn(answer)) seen.add(`${person.standing}: ${audience}`);
  });
  const canBeSeen = Object.entries(SEES).flatMap(([standing, audiences]) =>
    audiences.map((audience) => `${standing}: ${audience}`),
  );
  // To whoever holds the invitation.
  const byLink = ["not signed in", "another company's agent", "another company's admin"];
  expect([...seen].sort()).toEqual(
    [...canBeSeen, ...byLink.map((who) => `${who}: company`)].sort(),
  );
});

it("the same forms are taken from whoever may send them", async () => {
  await expectTable(changes().filter((asked) => !isPowerless(asked) && !endsSession(asked)));
});

it("everybody may sign in and out", async () => {
  await expectTable(changes().filter(endsSession));
});

function changes(): Visit[] {
  return changingVisits(world, world.parameters.real);
}

/** Each person in their own order: what they do counts for what they can do next. */
async function expectTable(
  visits: Visit[],
  look: (asked: Visit, answer: Answer) => void = () => {},
): Promise<void> {
  const findings = new Findings();
  await inParallel(world.people, async (person) => {
    for (const asked of visits.filter((visit) => visit.person === person)) {
      const answer = await visit(world, asked);
      findings.add(asked, problemsOf(asked, answer));
      look(asked, answer);
    }
  });
  expect(findings.list()).toEqual([]);
}
