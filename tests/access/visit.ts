import type { Answer } from "./ask.ts";
import { type Audience, canariesIn } from "./canaries.ts";
import { type Person, SEES } from "./people.ts";
import type { Way } from "./requests.ts";
import type { Row } from "./table.ts";
import { verdictOf } from "./verdict.ts";
import type { World } from "./world.ts";

/** Remix's data of no route at all. */
const NO_DATA = "[{}]\n";

/** Somebody asks in some way at a path. */
export interface Visit {
  path: string;
  row: Row;
  person: Person;
  way: Way;
}

/** @returns the answer; a session's cookie that it replaces is the person's from then on */
export async function visit({ ask }: World, { person, way }: Visit): Promise<Answer> {
  const headers = { ...way.headers, ...(person.cookie && { Cookie: person.cookie }) };
  const answer = await ask({ ...way, headers });
  const renewed = answer.headers["set-cookie"]?.find((line) => /^session=[^;]/.test(line));
  if (renewed) person.cookie = renewed.split(";")[0] ?? "";
  return answer;
}

/** The verdict that the table has for a visit. */
export function expectedOf({ row, person, way }: Visit): string {
  if (way.expected === "404" || way.expected === "405") return way.expected;
  return row[way.expected === "as POST" ? "POST" : "GET"][person.standing];
}

/** @returns what is wrong with an answer */
export function problemsOf(asked: Visit, answer: Answer): string[] {
  const { path, person, way } = asked;
  const [expected, verdict] = [expectedOf(asked), verdictOf(way.method, answer)];
  const isNothing = way.expected === "as GET or nothing" && answer.body === NO_DATA;
  const shown = canariesIn(answer).filter((audience) => !maySee(path, person, audience));
  return [
    ...(verdict === expected || isNothing ? [] : [wrongVerdict(expected, verdict)]),
    ...shown.map((audience) => `showed what is for ${audience}`),
    ...(isUncached(answer) ? [] : [`may be cached: ${answer.headers["cache-control"]}`]),
  ];
}

function wrongVerdict(expected: string, verdict: string): string {
  const hint = expected === "done" ? "; tests/access/posted-forms.ts has the fields of forms" : "";
  return `expected ${expected}, got ${verdict}${hint}`;
}

/** Whoever has the link may read who invites them. */
function maySee(path: string, { standing }: Person, audience: Audience): boolean {
  return SEES[standing].includes(audience) || (path === "/invite/:link" && audience === "company");
}

function isUncached({ headers }: Answer): boolean {
  return /\bno-store\b/.test(headers["cache-control"] ?? "");
}
