import { expect, it } from "vitest";
import { signBody } from "#simulator/phone/signature.ts";
import { escapeLikeMeta } from "./escape.ts";

it("escapes slashes and all that isn't ASCII, a surrogate pair as two", () => {
  expect(escapeLikeMeta('{"a":"é/😀"}')).toBe('{"a":"\\u00e9\\/\\ud83d\\ude00"}');
});

it("keeps the meaning of the JSON, also of backslashes and what is escaped already", () => {
  const json = JSON.stringify({ path: "C:\\/x", quote: '"', control: "\u0000", lone: "\ud83d" });
  expect(JSON.parse(escapeLikeMeta(json))).toEqual(JSON.parse(json));
  expect(escapeLikeMeta(escapeLikeMeta('"ä/"'))).toBe(escapeLikeMeta('"ä/"'));
});

it("signs with HMAC-SHA-256, written as Meta writes it", () => {
  expect(signBody("key", "The quick brown fox jumps over the lazy dog")).toBe(
    "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
  );
});
