import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, it } from "vitest";
import { createLog } from "./log.server.ts";

it("F95 writes of a failed query its statement, nowhere its parameters", () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  const err = new DrizzleQueryError("select $1", ["canary"], new Error("connection lost"));
  log.error({ event: "page.error", err });
  expect(lines.join("")).not.toContain("canary");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: "error", event: "page.error", err: { message: "Failed query: select $1" } },
  ]);
});
