import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, it } from "vitest";
import { errorDetails } from "./error-details.ts";

it("F95 keeps a failed query's parameters out of the log", () => {
  const cause = Object.assign(new Error("connection lost"), { code: "ECONNRESET" });
  const error = new DrizzleQueryError(
    "insert into messages (body) values ($1)",
    ["canary\n    at canary (file.ts)"],
    cause,
  );

  const details = errorDetails(error);

  expect(JSON.stringify(details)).not.toContain("canary");
  expect(details).toMatchObject({
    message: "Failed query: insert into messages (body) values ($1)",
    cause: { message: "connection lost", code: "ECONNRESET" },
  });
  expect(details.frames?.[0]).toMatch(/^at .*error-details\.test\.ts/);
});

it("says nothing of a thrown value that is no error: it may be anything", () => {
  expect(JSON.stringify(errorDetails({ password: "canary" }))).not.toContain("canary");
});

it("F95 keeps a value that PostgreSQL can't take out of the log", () => {
  const message = 'invalid input syntax for type bigint: "canary "words""';
  const cause = Object.assign(new Error(message), { code: "22P02" });

  const details = errorDetails(new DrizzleQueryError("select $1", ["canary"], cause));

  expect(JSON.stringify(details)).not.toContain("canary");
  expect(details.cause?.message).toBe('invalid input syntax for type bigint: "…"');
});
