import { describe, expect, it } from "vitest";
import { localPaths } from "#tests/support/local-paths.ts";
import { hostileRedirects } from "#tests/support/redirects.ts";
import { localPath } from "./redirect-to.ts";

const ORIGINS = ["https://inbox.test", "http://127.0.0.1:3000"];
/** The pages whose address a browser resolves an answer's Location against. */
const PAGES = ["/login", "/login?redirectTo=x", "/lite", "/deep/er/page/"];

describe("localPath", () => {
  it.each(localPaths)("keeps %s", (path) => {
    expect(localPath(path)).toBe(path);
  });

  it("F84 stays on the origin, whatever is asked for and wherever it is followed from", () => {
    expect(hostileRedirects.length).toBeGreaterThan(500);
    for (const wanted of hostileRedirects) {
      const path = localPath(wanted);
      for (const origin of ORIGINS) expect(leadsTo(path, origin), wanted).toEqual([origin]);
      // What an HTTP header and a page's data can carry as it is.
      expect(path).toMatch(/^\/[\x21-\x7e]*$/);
      expect(localPath(path), wanted).toBe(path);
    }
  });

  it("F84 leads to the inbox where nothing is asked for", () => {
    for (const nothing of ["", null, undefined, 7, {}, ["/a"], new Blob(["/a"])]) {
      expect(localPath(nothing)).toBe("/conversations");
    }
  });
});

/** The origins that a path leads to from any of our pages. */
function leadsTo(path: string, origin: string): string[] {
  return [...new Set(PAGES.map((page) => new URL(path, origin + page).origin))];
}
