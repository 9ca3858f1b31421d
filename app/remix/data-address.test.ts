import { expect, it } from "vitest";
import { isDataByName, pageOfData } from "./data-address.ts";

it("knows the page whose data a path names", () => {
  expect(pageOfData(["talks", "7.data"])).toEqual(["talks", "7"]);
  expect(pageOfData(["talks", "7.DATA"])).toEqual(["talks", "7"]);
  expect(pageOfData(["talks", "7.data.jpg"])).toBeUndefined();
  expect(pageOfData([])).toBeUndefined();
});

it("knows a query that names one loader", () => {
  expect(isDataByName(new URLSearchParams("a=b&_data"))).toBe(true);
  expect(isDataByName(new URLSearchParams("data=b"))).toBe(false);
});
