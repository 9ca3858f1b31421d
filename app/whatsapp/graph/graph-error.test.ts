import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphError, graphErrorFrom } from "./graph-error.ts";

const kindOf = (status: number, error: object) => graphErrorFrom(status, { error }, undefined).kind;

describe("graphErrorFrom", () => {
  it.each([
    ["gone", 400, { code: 100, error_subcode: 33 }],
    ["gone", 404, { code: 100, error_subcode: 33 }],
    ["gone", 400, { code: 100 }],
    ["gone", 400, { code: 100, error_subcode: null }],
    ["unexpected", 400, { code: 100, error_subcode: 2494010 }],
    ["refused", 401, { code: 190 }],
    ["refused", 401, { code: 190, error_subcode: 463 }],
    ["refused", 401, { code: 0 }],
    ["refused", 403, { code: 10 }],
    ["refused", 403, { code: 200 }],
    ["refused", 403, { code: 299 }],
    ["refused", 403, { code: 131031 }],
    ["throttled", 400, { code: 4 }],
    ["throttled", 429, { code: 80007 }],
    ["throttled", 400, { code: 130429 }],
    ["throttled", 400, { code: 613 }],
    ["unavailable", 500, { code: 1 }],
    ["unavailable", 503, { code: 2 }],
    ["unavailable", 500, { code: 131000 }],
    ["unavailable", 500, { code: 987654 }],
    ["unexpected", 400, { code: 987654 }],
  ])("reads %s from HTTP %i with %j", (kind, status, error) => {
    expect(kindOf(status, error)).toBe(kind);
  });

  it("lets the code decide, because one code's status differs between Meta's documents", () => {
    for (const status of [400, 401, 403, 429, 500]) {
      expect(kindOf(status, { code: 190 })).toBe("refused");
      expect(kindOf(status, { code: 130429 })).toBe("throttled");
      expect(kindOf(status, { code: 100, error_subcode: 33 })).toBe("gone");
    }
  });

  it.each([
    [429, "throttled"],
    [500, "unavailable"],
    [502, "unavailable"],
    [400, "unexpected"],
    [302, "unexpected"],
  ])("F32 reads HTTP %i without a Graph error as %s", (status, kind) => {
    for (const body of [undefined, null, "page", [], {}, { error: "text" }, { error: {} }]) {
      expect(graphErrorFrom(status, body, undefined).kind).toBe(kind);
    }
  });

  it.each([
    ["30", 30],
    ["0", 0],
    [undefined, undefined],
    ["", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["99999999", undefined],
    ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
  ])("F31 reads Retry-After %j as %j", (value, expected) => {
    const error = { error: { code: 4 } };
    expect(graphErrorFrom(429, error, value).retryAfterSeconds).toBe(expected);
    expect(graphErrorFrom(429, undefined, value).retryAfterSeconds).toBe(expected);
  });

  it("names status and code for the log, and nothing of Meta's message", () => {
    const error = { code: 100, error_subcode: 33, message: "Object with ID 'x'", fbtrace_id: "y" };
    expect(graphErrorFrom(400, { error }, undefined).message).toBe("HTTP 400, code 100/33");
  });

  it("F48 makes an error of any body at all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.jsonValue(), (status, body) => {
        expect(graphErrorFrom(status, body, undefined)).toBeInstanceOf(GraphError);
        expect(graphErrorFrom(status, { error: body }, undefined)).toBeInstanceOf(GraphError);
      }),
    );
  });
});
