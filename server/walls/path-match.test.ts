import { describe, expect, it } from "vitest";
import { belowAny, matchesAny } from "./path-match.ts";

const segmentsOf = (path: string) => path.split("/").filter(Boolean).map(decodeURIComponent);

describe("a path at or below the fixed beginning of a route", () => {
  const isBelow = belowAny(["/files/:fileId", "/admin/audit.csv"]);

  it.each([
    "/files",
    "/files/1",
    "/files/1/view",
    "/FILES/1",
    "//files//1",
    "/files%2f1",
    "/admin/audit.csv",
    "/Admin/Audit.CSV/x",
  ])("is %s", (path) => {
    expect(isBelow(segmentsOf(path))).toBe(true);
  });

  it.each(["/", "/file", "/files2", "/x/files/1", "/admin", "/admin/audit", "/admin/audit.csvs"])(
    "is not %s",
    (path) => {
      expect(isBelow(segmentsOf(path))).toBe(false);
    },
  );
});

describe("a path of a route itself", () => {
  const matches = matchesAny(["/talks/:talkId", "/import"]);

  it.each(["/talks/7", "/Talks/7", "/import"])("is %s", (path) => {
    expect(matches(segmentsOf(path))).toBe(true);
  });

  it.each(["/talks", "/talks/7/news", "/talk/7", "/import/7", "/"])("is not %s", (path) => {
    expect(matches(segmentsOf(path))).toBe(false);
  });
});
