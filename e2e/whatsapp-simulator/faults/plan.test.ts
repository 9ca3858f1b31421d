import { expect, it } from "vitest";
import type { FaultInput } from "./parse.ts";
import { FaultPlan } from "./plan.ts";

it("lets a file's own fault go before the one for every file, and the first before the next", () => {
  const plan = new FaultPlan();
  plan.replace([
    { on: "download", kind: "gone" },
    { on: "download", kind: "truncate", mediaId: "1", times: 1 },
    { on: "download", kind: "none", mediaId: "1", times: 1 },
  ]);
  const kinds = ["1", "1", "1", "2"].map((mediaId) => plan.take("download", mediaId)?.kind);
  expect(kinds).toEqual(["truncate", "none", "gone", "gone"]);
  expect(plan.take("lookup", "1")).toBeUndefined();
  expect(plan.list().map(({ left }) => left)).toEqual([null, 0, 0]);
});

it("fills in what is left out", () => {
  const plan = new FaultPlan();
  plan.add({ on: "download", kind: "stall" });
  expect(plan.take("download", "1")).toMatchObject({ afterBytes: 4096 });
});

it("keeps the old faults when the new ones are not valid", () => {
  const plan = new FaultPlan();
  plan.add({ on: "lookup", kind: "gone" });
  const wrong = { on: "lookup", kind: "stall" } as unknown as FaultInput;
  expect(() => plan.replace([wrong])).toThrow();
  expect(plan.list()).toHaveLength(1);
});
