import { describe, expect, it } from "vitest";
import { forwardableRange, parseContentRange, partLength } from "./range.ts";

describe("forwardableRange", () => {
  it.each(["bytes=0-0", "bytes=0-", "bytes=2-5", "bytes=-500"])("F56 passes %s on", (range) => {
    expect(forwardableRange(new Headers({ Range: range }))).toBe(range);
  });

  it.each([
    "bytes=0-1,5-6",
    "bytes=-",
    "bytes=",
    "bytes=5-2",
    "bytes=a-b",
    "bytes=1.5-2",
    "bytes=--5",
    "bytes = 0-1",
    "items=0-1",
    "0-1",
    `bytes=${"9".repeat(16)}-`,
    "bytes=0-1; bytes=5-6",
    "",
  ])("F56 ignores %j", (range) => {
    expect(forwardableRange(new Headers({ Range: range }))).toBeUndefined();
  });

  it("is nothing when there is no Range", () => {
    expect(forwardableRange(new Headers())).toBeUndefined();
  });

  it("F58 ignores a Range with If-Range, because no validator of ours can match", () => {
    const headers = new Headers({ Range: "bytes=0-1", "If-Range": '"abc"' });
    expect(forwardableRange(headers)).toBeUndefined();
  });
});

describe("parseContentRange", () => {
  it.each([
    ["bytes 0-0/1", { first: 0, last: 0, total: 1 }],
    ["bytes 2-5/10", { first: 2, last: 5, total: 10 }],
    ["bytes 2-5/*", { first: 2, last: 5, total: null }],
  ])("reads %s", (value, expected) => {
    expect(parseContentRange(value)).toEqual(expected);
  });

  it.each([
    undefined,
    "",
    "bytes */10",
    "bytes 5-2/10",
    "bytes 2-10/10",
    "bytes 2-5",
    "bytes=2-5/10",
    "items 2-5/10",
    "bytes -1-5/10",
    "bytes 0-9999999999999999/*",
    "bytes 0-1/2, bytes 0-1/2",
  ])("F44 does not read %j", (value) => {
    expect(parseContentRange(value)).toBeUndefined();
  });
});

it("counts a part's bytes", () => {
  expect(partLength({ first: 2, last: 5, total: null })).toBe(4);
});
