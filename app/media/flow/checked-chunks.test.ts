import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Claims, createCheckedChunks } from "./checked-chunks.ts";

/** Checked chunks, and what they let through. */
function setUp(claims: Partial<Claims> = {}) {
  const passed: string[] = [];
  const checked = createCheckedChunks(
    { length: 4, isLengthDeclared: true, sha256: null, maxBytes: 100, ...claims },
    {
      pass: (chunk) => passed.push(`${chunk}`),
      last: (chunk) => passed.push(`${chunk}, the last`),
    },
  );
  return { passed, ...checked, take: (text: string) => checked.take(Buffer.from(text)) };
}

const sha256 = createHash("sha256").update("file").digest("hex");

describe("checked chunks of a declared length", () => {
  it("pass as they come, the last with the byte that completes them", () => {
    const { passed, take, hasBegun, isComplete } = setUp({ sha256 });
    expect([hasBegun(), isComplete()]).toEqual([false, false]);
    take("fi");
    expect(passed).toEqual(["fi"]);
    expect([hasBegun(), isComplete()]).toEqual([true, false]);
    take("le");
    expect(passed).toEqual(["fi", "le, the last"]);
    expect(isComplete()).toBe(true);
  });

  it("withhold the last one when the whole has another hash", () => {
    const { passed, take, isComplete } = setUp({ sha256 });
    take("fi");
    expect(() => take("lm")).toThrow();
    expect(passed).toEqual(["fi"]);
    expect(isComplete()).toBe(false);
  });

  it("withhold one that is more than was declared", () => {
    const { passed, take } = setUp();
    take("fi");
    expect(() => take("les")).toThrow();
    expect(passed).toEqual(["fi"]);
  });

  it("have one last chunk, whatever ends after it", () => {
    const { passed, take, end } = setUp();
    take("file");
    end();
    expect(passed).toEqual(["file, the last"]);
  });
});

describe("checked chunks of no declared length", () => {
  const undeclared = { length: undefined, isLengthDeclared: false };

  it("wait for the next each, and the last for the end", () => {
    const { passed, take, end } = setUp(undeclared);
    take("fi");
    expect(passed).toEqual([]);
    take("le");
    expect(passed).toEqual(["fi"]);
    end();
    expect(passed).toEqual(["fi", "le, the last"]);
  });

  it("withhold the last one at the end when the whole has another hash", () => {
    const { passed, take, end } = setUp({ ...undeclared, sha256 });
    take("fi");
    take("lm");
    expect(end).toThrow();
    expect(passed).toEqual(["fi"]);
  });

  it("of an empty file are one empty chunk", () => {
    const { passed, end } = setUp(undeclared);
    end();
    expect(passed).toEqual([", the last"]);
  });
});
