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
  const kinds = ["1", "1", "1", "2"].map((id) => plan.take("download", asked(id))?.kind);
  expect(kinds).toEqual(["truncate", "none", "gone", "gone"]);
  expect(plan.take("lookup", asked("1"))).toBeUndefined();
  expect(plan.list().map(({ left }) => left)).toEqual([null, 0, 0]);
});

it("keeps a fault for requests with a Range, or without one, to those", () => {
  const plan = new FaultPlan();
  plan.add({ on: "download", kind: "gone", when: "range", times: 1 });
  plan.add({ on: "download", kind: "never", when: "whole" });
  const kinds = [undefined, "bytes=0-", "bytes=0-"].map(
    (range) => plan.take("download", asked("1", range))?.kind,
  );
  expect(kinds).toEqual(["never", "gone", undefined]);
});

it("fills in what is left out", () => {
  const plan = new FaultPlan();
  plan.add({ on: "download", kind: "stall" });
  expect(plan.take("download", asked("1"))).toMatchObject({ afterBytes: 4096 });
});

it("forgets one file's faults, or all", () => {
  const plan = new FaultPlan();
  plan.add({ on: "download", kind: "gone", mediaId: "1" });
  plan.add({ on: "download", kind: "gone", mediaId: "2" });
  plan.add({ on: "lookup", kind: "gone" });
  plan.clear("1");
  expect(plan.list().map(({ mediaId }) => mediaId)).toEqual(["2", undefined]);
  plan.clear();
  expect(plan.list()).toEqual([]);
});

it("keeps the old faults when the new ones are not valid", () => {
  const plan = new FaultPlan();
  plan.add({ on: "lookup", kind: "gone" });
  const wrong = { on: "lookup", kind: "ignoreRange" } as unknown as FaultInput;
  expect(() => plan.replace([wrong])).toThrow();
  expect(plan.list()).toHaveLength(1);
});

function asked(mediaId: string, range?: string) {
  return { mediaId, request: { headers: { range } } };
}
