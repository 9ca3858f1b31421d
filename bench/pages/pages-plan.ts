/** A node of a plan, as EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) gives it: as much as is looked at. */
export interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Subplan Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Plans?: Plan[];
}

/** Pages of 8 kB that a plan's node and those below it touched. */
export function buffersOf(plan: Plan): number {
  return (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
}

/** Tables that a plan read from their beginning. */
export function sequentialScans(plan: Plan): string[] {
  const own =
    plan["Node Type"] === "Seq Scan" && wasRun(plan) ? [plan["Relation Name"] ?? "?"] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(sequentialScans)];
}

/** A plan as a tree of lines: the node, its index or table, and what it really did. */
export function planLines(plan: Plan, depth = 0): string[] {
  const { "Index Name": index, "Relation Name": table, "Subplan Name": subplan } = plan;
  const name = [
    subplan && `${subplan}:`,
    plan["Node Type"],
    index && `using ${index}`,
    table && `on ${table}`,
  ];
  const done = [
    `rows=${plan["Actual Rows"] ?? 0}`,
    `loops=${plan["Actual Loops"] ?? 0}`,
    `buffers=${buffersOf(plan)}`,
    removed("filtered", plan["Rows Removed by Filter"]),
    removed("rechecked", plan["Rows Removed by Index Recheck"]),
  ];
  const facts = wasRun(plan) ? done.filter(Boolean).join(" ") : "never run";
  const line = `${"  ".repeat(depth)}${name.filter(Boolean).join(" ")} (${facts})`;
  return [line, ...(plan.Plans ?? []).flatMap((child) => planLines(child, depth + 1))];
}

/**
 * The parameters of a logged statement: `parameters: $1 = '5', $2 = NULL`.
 *
 * @throws when they don't stand in their order: then something was not understood
 */
export function parametersIn(detail: string): (string | null)[] {
  const found = [...detail.matchAll(/\$(\d+) = (?:NULL|'((?:[^']|'')*)')(?:, |$)/g)];
  return found.map(([, number, value], index) => {
    if (Number(number) !== index + 1) throw new Error(`Parameters not understood: ${detail}`);
    return value === undefined ? null : value.replaceAll("''", "'");
  });
}

function wasRun(plan: Plan): boolean {
  return (plan["Actual Loops"] ?? 0) > 0;
}

function removed(word: string, rows: number | undefined): string {
  return rows ? `${word}=${rows}` : "";
}
