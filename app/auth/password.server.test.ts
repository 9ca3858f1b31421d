import { describe, expect, it } from "vitest";
import { hashPassword, passwordMatches } from "./password.server.ts";

describe("passwordMatches", () => {
  it("accepts the password and nothing else", async () => {
    const hash = await hashPassword("correct horse");
    expect(await passwordMatches(hash, "correct horse")).toBe(true);
    for (const wrong of ["Correct horse", "correct horse ", "correct hors", ""]) {
      expect(await passwordMatches(hash, wrong)).toBe(false);
    }
  });

  it("keeps a password beyond ASCII apart from its look-alike", async () => {
    const hash = await hashPassword("päßwörd 🔑");
    expect(await passwordMatches(hash, "päßwörd 🔑")).toBe(true);
    expect(await passwordMatches(hash, "password 🔑")).toBe(false);
  });

  it("F82 refuses every password of an unknown person, the decoy's own included", async () => {
    expect(await passwordMatches(undefined, "anything")).toBe(false);
    expect(await passwordMatches(undefined, "nobody has this password")).toBe(false);
  });

  it("F83 refuses a megabyte without hashing it", async () => {
    const unusable = "no hash: verifying against it would throw";
    await expect(passwordMatches(unusable, "x")).rejects.toThrow();
    expect(await passwordMatches(unusable, "x".repeat(1_000_000))).toBe(false);
    expect(await passwordMatches(undefined, "x".repeat(1_000_000))).toBe(false);
  });
});

describe("hashPassword", () => {
  it("makes an argon2id hash of OWASP's cost, another one each time", async () => {
    const [first, second] = await Promise.all([hashPassword("secret"), hashPassword("secret")]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it("F83 makes no hash of a megabyte", () => {
    expect(() => hashPassword("x".repeat(1_000_000))).toThrow("too long");
  });
});
