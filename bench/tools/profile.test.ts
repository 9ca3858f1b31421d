import { expect, it } from "vitest";
import { type CpuProfile, selfTimes } from "./profile.ts";

const DRIZZLE = "file:///app/node_modules/drizzle-orm/sql/sql.js";
const ROUTER = "file:///app/node_modules/@remix-run/router/dist/router.cjs.js";

const profile: CpuProfile = {
  nodes: [
    node(1, "(root)", "", [2, 3, 5, 7]),
    node(2, "(idle)"),
    node(3, "build", DRIZZLE, [4]),
    node(4, "write"),
    node(5, "match", ROUTER, [6]),
    node(6, "build", DRIZZLE),
    node(7, "(garbage collector)"),
  ],
  samples: [2, 3, 4, 5, 2, 6, 7],
  timeDeltas: [1000, 10, 20, 30, 1000, 30, 10],
};

function node(id: number, functionName: string, url = "", children: number[] = []) {
  return { id, callFrame: { functionName, url, lineNumber: 6 }, children };
}

it("adds up each function's own time, leaving idle time out", () => {
  expect(selfTimes(profile).byFunction).toEqual([
    { name: "build sql/sql.js:7", share: 0.4 },
    { name: "match dist/router.cjs.js:7", share: 0.3 },
    { name: "write", share: 0.2 },
    { name: "(garbage collector)", share: 0.1 },
  ]);
});

it("adds up packages, native code with whoever called it", () => {
  expect(selfTimes(profile).byPackage).toEqual([
    { name: "drizzle-orm", share: 0.6 },
    { name: "@remix-run/router", share: 0.3 },
    { name: "(garbage collector)", share: 0.1 },
  ]);
});
