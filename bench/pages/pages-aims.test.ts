import { expect, it } from "vitest";
import { judge } from "./pages-aims.ts";

const scan = { "Node Type": "Seq Scan", "Relation Name": "messages", "Actual Loops": 1 };
const lookup = { "Node Type": "Index Scan", "Actual Loops": 1 };

function site(ms: number, plans: (typeof lookup)[]) {
  const statements = plans.map((plan) => ({ text: "select 1", parameters: [], plan }));
  return {
    times: new Map([["list", [ms]]]),
    captured: new Map([["list", { path: "/", html: "", statements }]]),
  };
}

const met = (...args: Parameters<typeof judge>) => judge(...args).map(({ met }) => met);

it("each aim is met at its very limit", () => {
  const sites = [site(10, []), site(13, Array(4).fill(lookup))];
  expect(met(sites, [{ page: "list", ratio: 0.5 }])).toEqual([true, true, true, true]);
});

it("each aim is missed beyond it, and what misses it is in bold", () => {
  const sites = [site(10, []), site(14, [scan, lookup, lookup, lookup, lookup])];
  const verdicts = judge(sites, [{ page: "list", ratio: 0.49 }]);
  expect(verdicts.map(({ met }) => met)).toEqual([false, false, false, false]);
  expect(verdicts.map(({ measured }) => measured)).toEqual([
    "**list: 1.40**",
    "**list: 5**",
    "**list: 1**",
    "**list: 0.49**",
  ]);
});

it("nothing measured is nothing met, and a page without a statement was not seen", () => {
  expect(met([], [])).toEqual([false, false, false, false]);
  expect(met([site(1, []), site(1, [])], [])[1]).toBe(false);
});
