import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSha256Hex } from "./sha256.ts";

describe("toSha256Hex", () => {
  it("reads hex, base64 and base64url, padded or not, as the same hash", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (file) => {
        const hash = createHash("sha256").update(file).digest();
        const hex = hash.toString("hex");
        const base64 = hash.toString("base64");
        const forms = [hex, hex.toUpperCase(), base64, base64.replace("=", "")];
        for (const form of [...forms, hash.toString("base64url")]) {
          expect(toSha256Hex(form)).toBe(hex);
        }
      }),
    );
  });

  it.each([
    undefined,
    null,
    7,
    {},
    "",
    "deadbeef",
    "g".repeat(64),
    "a".repeat(63),
    "a".repeat(65),
    "a".repeat(42),
    ` ${"a".repeat(64)}`,
    `${"a".repeat(64)}\n`,
  ])("reads %j as nothing", (value) => {
    expect(toSha256Hex(value)).toBeNull();
  });
});
