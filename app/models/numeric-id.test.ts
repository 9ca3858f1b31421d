import { expect, it } from "vitest";
import { numericId } from "./numeric-id.ts";

it.each([
  ["1", 1],
  ["42", 42],
  ["999999999999999", 999_999_999_999_999],
])("reads %s as an id", (value, expected) => {
  expect(numericId(value)).toBe(expected);
});

it.each([
  undefined,
  null,
  "",
  "0",
  "-1",
  "01",
  "1.5",
  "1e3",
  "0x1",
  " 1",
  "1\n",
  "1 or 1=1",
  "١",
  "1000000000000000",
  "NaN",
  "%00",
])("F59 reads %j as no id", (value) => {
  expect(numericId(value)).toBeUndefined();
});
