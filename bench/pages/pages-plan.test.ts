import { describe, expect, it } from "vitest";
import { buffersOf, type Plan, parametersIn, planLines, sequentialScans } from "./pages-plan.ts";
import { statementsIn } from "./pages-statements.ts";

const SCAN: Plan = {
  "Node Type": "Seq Scan",
  "Relation Name": "users",
  "Actual Rows": 1,
  "Actual Loops": 2,
  "Rows Removed by Filter": 9,
  "Shared Hit Blocks": 3,
  "Shared Read Blocks": 1,
};
const NEVER: Plan = { "Node Type": "Seq Scan", "Relation Name": "sessions", "Actual Loops": 0 };
const PLAN: Plan = {
  "Node Type": "Nested Loop",
  "Actual Rows": 1,
  "Actual Loops": 1,
  "Shared Hit Blocks": 4,
  Plans: [
    SCAN,
    NEVER,
    {
      "Node Type": "Index Scan",
      "Index Name": "messages_pkey",
      "Relation Name": "messages",
      "Subplan Name": "SubPlan 1",
      "Actual Loops": 1,
    },
  ],
};

describe("a plan", () => {
  it("names the tables that were read from their beginning, where they were read at all", () => {
    expect(sequentialScans(PLAN)).toEqual(["users"]);
  });

  it("counts pages from memory and from the disk", () => {
    expect(buffersOf(SCAN)).toBe(4);
  });

  it("is a tree of lines", () => {
    expect(planLines(PLAN)).toEqual([
      "Nested Loop (rows=1 loops=1 buffers=4)",
      "  Seq Scan on users (rows=1 loops=2 buffers=4 filtered=9)",
      "  Seq Scan on sessions (never run)",
      "  SubPlan 1: Index Scan using messages_pkey on messages (rows=0 loops=1 buffers=0)",
    ]);
  });
});

describe("logged parameters", () => {
  it.each([
    ["", []],
    ["parameters: $1 = '5'", ["5"]],
    ["Parameters: $1 = 'it''s, $2 = ''x''', $2 = NULL, $3 = ''", ["it's, $2 = 'x'", null, ""]],
    ["parameters: $1 = '{1,2}', $2 = 'two\nlines'", ["{1,2}", "two\nlines"]],
  ])("are read as they were: %s", (detail, parameters) => {
    expect(parametersIn(detail)).toEqual(parameters);
  });

  it("are refused when one is missing", () => {
    expect(() => parametersIn("parameters: $1 = '5', $3 = '6'")).toThrow("not understood");
  });
});

describe("statementsIn", () => {
  const line = (message: string, fields = {}) => ({
    application_name: "tapview",
    message,
    ...fields,
  });
  const plan = (text: string) =>
    line(`duration: 0.1 ms  plan:\n${JSON.stringify({ "Query Text": text, Plan: SCAN })}`);

  it("takes the app's statements with their parameters and plans, without their transactions", () => {
    const lines = [
      line("duration: 0.2 ms  parse p1: select $1"),
      line("duration: 0.2 ms  bind p1: select $1", { detail: "parameters: $1 = '5'" }),
      line("duration: 0.2 ms  execute p1: select $1", { detail: "parameters: $1 = '5'" }),
      line("duration: 0.2 ms  statement: begin"),
      line("duration: 0.2 ms  execute p2: set local tapview.company_id = '1'"),
      line("duration: 0.2 ms  execute p3: commit"),
      line("duration: 0.2 ms  statement: listen inbox"),
      plan("select $1"),
      plan("select\n2"),
      line("duration: 0.2 ms  execute <unnamed>: select\n2"),
      { application_name: "psql", message: "duration: 0.2 ms  statement: select 3" },
      {},
    ];
    expect(statementsIn(lines)).toEqual([
      { text: "select $1", parameters: ["5"], plan: SCAN },
      { text: "listen inbox", parameters: [], plan: undefined },
      { text: "select\n2", parameters: [], plan: SCAN },
    ]);
  });
});
