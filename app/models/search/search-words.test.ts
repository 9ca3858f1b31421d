import { describe, expect, it } from "vitest";
import { searchWords } from "./search-words.ts";

describe("searchWords", () => {
  it("parts the last word, which may be only begun, from the others", () => {
    expect(searchWords("  Ana   Sou ")).toEqual({
      text: "Ana Sou",
      head: "Ana ",
      last: "Sou",
      digits: null,
    });
  });

  it.each(["", "   ", "\u0000", "\n\t"])("is nothing for %j", (typed) => {
    expect(searchWords(typed)).toBeNull();
  });

  it.each([
    ["+49 171 123", "49171123"],
    ["0171/123-45", "17112345"],
    ["0049 (0) 171 123", "49171123"],
    ["(0)171", "171"],
    ["+1 (555) 010-0001", "15550100001"],
    ["0001", "0001"],
    ["555", "555"],
  ])("reads %j as the number %s", (typed, digits) => {
    expect(searchWords(typed)?.digits).toBe(digits);
  });

  it.each(["55", "0", "+", "Ana 555", "5 5", "-"])("reads no number in %j", (typed) => {
    expect(searchWords(typed)?.digits).toBeNull();
  });

  it("cuts what is long, keeps what PostgreSQL takes, and collapses runs of minuses", () => {
    expect(searchWords("x".repeat(10_000))?.text).toHaveLength(200);
    expect(searchWords(`${"x".repeat(199)}😀`)?.text.isWellFormed()).toBe(true);
    expect(searchWords("a\u0000b")?.text).toBe("a b");
    expect(searchWords(`a ${"- -".repeat(40)}b`)?.text).toBe("a -b");
  });
});
