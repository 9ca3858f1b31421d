import { describe, expect, it } from "vitest";
import { formatPosition, parsePosition } from "./list-position.server.ts";

describe("a position", () => {
  it("is read as it was written", () => {
    const position = { micros: 1_795_000_000_123_456, id: 42 };
    expect(parsePosition(formatPosition(position))).toEqual(position);
  });

  it.each([
    null,
    "",
    "7",
    "-",
    "1-2-3",
    "x-1",
    "1-x",
    "-1-1",
    "1.5-1",
    "9000000000000000-1",
    `1-${"9".repeat(16)}`,
  ])("is none for %j", (written) => {
    expect(parsePosition(written)).toBeUndefined();
  });
});
