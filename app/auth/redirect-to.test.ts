import { describe, expect, it } from "vitest";
import { localPath } from "./redirect-to.ts";

describe("localPath", () => {
  it("keeps a path of this application with its query and fragment", () => {
    expect(localPath("/conversations/7?reveal=3#m-3")).toBe("/conversations/7?reveal=3#m-3");
  });

  it.each([
    "//evil.test",
    "/\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/..//evil.test",
    "/.//evil.test",
    "https://evil.test",
    "javascript:alert(1)",
    "evil.test",
    "",
    null,
    undefined,
    7,
  ])("F84 goes to the inbox instead of %j", (wanted) => {
    expect(localPath(wanted)).toBe("/conversations");
  });
});
