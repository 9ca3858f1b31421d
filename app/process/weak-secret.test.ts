import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { weaknessOf } from "./weak-secret.ts";

describe("a weak secret", () => {
  it.each([
    ["", "at least 32"],
    ["k7Qz0vXw2Lr9Tb4Ny8Hs6Jd3Fg5Mc1P", "at least 32"],
    ["a".repeat(40), "few different"],
    ["1029384756".repeat(4), "repeats itself"],
    ["k7Qz0vXw2Lr9Tb4N-k7Qz0vXw2Lr9Tb4N", "repeats itself"],
    ["k7Qz0vXw2Lr9Tb4Nk7Qz0vXw2Lr9Tb4", "at least 32"],
    ["test-session-secret-test-session-secret", "repeats itself"],
    ["abcdefghijklmnopqrstuvwxyz0123456789", "row of neighbours"],
    ["zyxwvutsrqponmlkjihgfedcba9876543210", "row of neighbours"],
    ["changeme-changeme2-changeme3-changeme", "everybody tries"],
    ["please-change-this-session-secret-1234", "everybody tries"],
    ["demo-session-secret-not-for-production", "everybody tries"],
    ["Your_Session_Secret_Goes_Here_Please_42", "everybody tries"],
    ["my-super-secret-password-for-production", "everybody tries"],
  ])("F99 %j is told apart: %s", (secret, problem) => {
    expect(weaknessOf(secret, 32)).toContain(problem);
  });
});

describe("a strong secret", () => {
  it("is whatever comes of openssl rand", () => {
    for (let round = 0; round < 2_000; round++) {
      const bytes = randomBytes(48);
      expect(weaknessOf(bytes.toString("base64"), 32)).toBeUndefined();
      expect(weaknessOf(bytes.subarray(0, 16).toString("hex"), 16)).toBeUndefined();
    }
  });

  it.each(["correct horse battery staple nine lamps", "k7Qz0vXw2Lr9Tb4Ny8Hs6Jd3Fg5Mc1Pa"])(
    "may be %j",
    (secret) => {
      expect(weaknessOf(secret, 32)).toBeUndefined();
    },
  );
});
