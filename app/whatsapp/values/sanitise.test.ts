import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundDepth, sanitiseJson, sanitiseName, sanitiseText } from "./sanitise.ts";

const deep = (levels: number) => JSON.parse(`${"[".repeat(levels)}1${"]".repeat(levels)}`);

describe("sanitising", () => {
  it("F12 replaces U+0000 and lone surrogates, and nothing else", () => {
    expect(sanitiseText("a\u0000b\ud83dc\ude00d")).toBe("a\uFFFDb\uFFFDc\uFFFDd");
    const harmless = "\u0001 \t\r\n \u202e 😀 👨‍👩‍👧 e\u0301 \uFFFF <b>";
    expect(sanitiseText(harmless)).toBe(harmless);
  });

  it("F70 takes out of a name what can disguise it, and leaves what writes a language", () => {
    expect(sanitiseName("a\u0000\u0001\u001f\u007f\u0085\u009fb\r\ud83d")).toBe("a\uFFFDb\uFFFD");
    expect(sanitiseName("\u202agpj\u202e.\u2066exe\u2069\u202c")).toBe("gpj.exe");
    const harmless = "\t\n \u200f\u05d0\u200e 👨‍👩‍👧 e\u0301 \u00a0<b>";
    expect(sanitiseName(harmless)).toBe(harmless);
  });

  it("F12 reaches keys and values at any place of a JSON value", () => {
    const value = { "k\u0000": [{ "\ud800": "v\u0000" }, "\udc00", 1, null, true] };
    expect(sanitiseJson(value)).toEqual({
      "k\uFFFD": [{ "\uFFFD": "v\uFFFD" }, "\uFFFD", 1, null, true],
    });
  });

  it("F12 leaves no text that PostgreSQL refuses, and no harmless text changed", () => {
    const codeUnit = fc
      .oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xd83d, 0xde00, 0x61))
      .map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit: codeUnit }), (text) => {
        const sanitised = sanitiseText(text);
        expect(sanitised).toHaveLength(text.length);
        expect(sanitised).not.toMatch(/\p{Surrogate}/u);
        expect(sanitised).not.toContain("\u0000");
        expect(sanitiseText(sanitised)).toBe(sanitised);
      }),
    );
  });

  it("F9 cuts what is nested too deeply, so that it can be written again", () => {
    expect(() => JSON.stringify(deep(100_000))).toThrow(RangeError);
    expect(JSON.stringify(boundDepth(deep(100_000)))).toContain("[nested too deeply]");
    expect(sanitiseJson(deep(60))).toEqual(deep(60));
  });

  it("F9 keeps a key named __proto__ a key", () => {
    const value = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
    const sanitised = sanitiseJson(value);
    expect(JSON.stringify(sanitised)).toBe(JSON.stringify(value));
    expect(Object.getPrototypeOf(sanitised)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});
