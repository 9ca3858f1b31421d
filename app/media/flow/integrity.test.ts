import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MediaFailure } from "../file/failure.ts";
import { createIntegrity } from "./integrity.ts";

const FILE = Buffer.from("a customer's photo");
const sha256 = createHash("sha256").update(FILE).digest("hex");
const claims = { length: FILE.length, sha256, maxBytes: 1_000 };

function flipped(index: number): Buffer {
  const bytes = Buffer.from(FILE);
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes;
}

describe("createIntegrity", () => {
  it("takes the announced file, however it is cut", () => {
    for (const size of [1, 5, FILE.length]) {
      const integrity = createIntegrity(claims);
      for (let at = 0; at < FILE.length; at += size) {
        expect(integrity.isShort()).toBe(true);
        integrity.take(FILE.subarray(at, at + size));
      }
      expect(integrity.received()).toBe(FILE.length);
      expect(integrity.isShort()).toBe(false);
      expect(() => integrity.verify()).not.toThrow();
    }
  });

  it.each([0, 9, FILE.length - 1])("F37 refuses a file whose byte %i is wrong", (index) => {
    const integrity = createIntegrity(claims);
    integrity.take(flipped(index));
    expect(() => integrity.verify()).toThrow(MediaFailure);
  });

  it("F37 refuses an empty file where another was announced", () => {
    const integrity = createIntegrity({ ...claims, length: undefined });
    expect(() => integrity.verify()).toThrow(MediaFailure);
  });

  it("goes by the count alone where no hash is known", () => {
    const integrity = createIntegrity({ ...claims, sha256: null });
    integrity.take(flipped(0));
    expect(() => integrity.verify()).not.toThrow();
  });

  it.each([
    ["in one", [FILE.length + 1]],
    ["with the last byte", [FILE.length, 1]],
    ["long before its end", [1, 5_000, 1]],
  ])("F36 refuses more than was announced: %s", (_, sizes) => {
    const { take } = createIntegrity({ ...claims, sha256: null });
    expect(() => {
      for (const size of sizes) take(Buffer.alloc(size));
    }).toThrow(MediaFailure);
  });

  it("F42 refuses more than is allowed, announced or not, and takes just as much", () => {
    for (const length of [undefined, 5_000]) {
      const { take } = createIntegrity({ length, sha256: null, maxBytes: 1_000 });
      take(Buffer.alloc(1_000));
      expect(() => take(Buffer.alloc(1))).toThrow(MediaFailure);
    }
  });

  it("never calls a file of unknown length short", () => {
    const { isShort } = createIntegrity({ ...claims, length: undefined });
    expect(isShort()).toBe(false);
  });
});
