import { expect, it } from "vitest";
import { isSameSecret } from "./same-secret.server.ts";

it("tells the secret from everything else, whatever its length", () => {
  expect(isSameSecret("a secret", "a secret")).toBe(true);
  for (const given of ["", "a", "a secreT", "A secret", "a secret ", "b".repeat(100_000)]) {
    expect(isSameSecret("a secret", given)).toBe(false);
  }
});

it("takes a text for its UTF-8 bytes", () => {
  expect(isSameSecret("clé", new TextEncoder().encode("clé"))).toBe(true);
  expect(isSameSecret(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
});
