import type { Person } from "./people.ts";
import { formsFor } from "./posted-forms.ts";
import { type Way, waysToChange, waysToRead } from "./requests.ts";
import { type Parameters, routePaths } from "./route-paths.ts";
import { readTable } from "./table.ts";
import { expectedOf, type Visit } from "./visit.ts";
import type { World } from "./world.ts";

const table = readTable();

/** Everybody reads at every path, in every way. */
export function readingVisits({ people }: World, parameters: Parameters): Visit[] {
  return visits(people, (path) => waysToRead(path, parameters));
}

/** Everybody sends every form of every path, in every way. */
export function changingVisits(world: World, parameters: Parameters): Visit[] {
  const { people, formObjects } = world;
  return visits(people, (path) =>
    waysToChange(path, parameters, () => formsFor(path.path, formObjects)),
  );
}

function visits(people: Person[], ways: (path: ReturnType<typeof routePaths>[number]) => Way[]) {
  return routePaths().flatMap((path) => {
    const row = table.get(path.path);
    // Without one, a test of its own fails.
    if (!row) return [];
    return people.flatMap((person) =>
      ways(path).map((way): Visit => ({ path: path.path, row, person, way })),
    );
  });
}

/** Who is of another company, or of none. */
export function isOutsider({ standing }: Person): boolean {
  return !["no member", "member", "admin"].includes(standing);
}

/** Their own session is another one afterwards, or none. */
export function endsSession({ path, way }: Visit): boolean {
  return way.method === "POST" && (path === "/login" || path === "/logout");
}

/** Whether nothing of the company may be another than before. */
export function isPowerless(visit: Visit): boolean {
  return isOutsider(visit.person) || expectedOf(visit) !== "done";
}
