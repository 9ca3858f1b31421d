import { expect, it } from "vitest";
import { isWhole, planOf } from "./media-plan.ts";

const ALL = { seconds: "2", rounds: "3", sizes: undefined, connections: undefined };

it("measures everything unless told a part", () => {
  expect(isWhole(planOf(ALL))).toBe(true);
  const part = planOf({ ...ALL, sizes: "10kB,5 MB", connections: "16" });
  expect(part.sizes.map(({ bytes }) => bytes)).toEqual([10_000, 5_000_000]);
  expect(part.connections).toEqual([16]);
  expect(isWhole(part)).toBe(false);
});

it.each([
  [{ sizes: "7MB" }, /--sizes: there is no 7MB, but 10kB,100kB,5MB,50MB/],
  [{ connections: "1,none" }, /--connections .* not none/],
  [{ seconds: "0" }, /--seconds/],
  [{ rounds: "" }, /--rounds/],
])("refuses %j", (options, message) => {
  expect(() => planOf({ ...ALL, ...options })).toThrow(message);
});
