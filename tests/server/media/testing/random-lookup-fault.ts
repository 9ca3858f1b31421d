import type { LookupFaultInput } from "#simulator/faults/lookup.ts";
import { between, oneOf } from "./random-choice.ts";
import { randomEitherFault } from "./random-either-fault.ts";
import type { FaultSurroundings } from "./random-faults.ts";

const LOOKUP_BYTES = 350;
const EITHER_SHARE = 0.5;
/** Statuses and codes of Meta's error-codes page; the last is none of them. */
const ERRORS = [
  ...[
    { status: 401, code: 0 },
    { status: 400, code: 1 },
    { status: 503, code: 2 },
  ],
  ...[
    { status: 500, code: 3 },
    { status: 403, code: 10 },
    { status: 400, code: 100 },
  ],
  ...[
    { status: 401, code: 104 },
    { status: 403, code: 200 },
    { status: 403, code: 368 },
  ],
  ...[
    { status: 500, code: 131000 },
    { status: 500, code: 131016 },
    { status: 403, code: 131031 },
  ],
  ...[{ status: 418, code: 424242 }],
];
const NOT_A_LOOKUP = ["", "null", "[]", "7", '"x"', "{}", '{"url":5}', '{"url":"', "<html>", "\0"];
const HARMFUL_URLS = [
  "",
  "data:,x",
  "file:///etc/passwd",
  "javascript:1",
  "//x",
  "http://[::1]:1/x",
];

export function randomLookupFault(surroundings: FaultSurroundings): LookupFaultInput {
  const { random, elsewhere } = surroundings;
  const on = "lookup";
  if (random() < EITHER_SHARE) {
    return { on, ...randomEitherFault(surroundings, LOOKUP_BYTES) } as LookupFaultInput;
  }
  const faults: LookupFaultInput[] = [
    { on, kind: "gone" },
    { on, kind: "tokenExpired" },
    { on, kind: "permission" },
    { on, kind: "serverError", status: oneOf(random, [500, 502, 503] as const) },
    { on, kind: "error", ...oneOf(random, ERRORS) },
    { on, kind: "malformed", body: oneOf(random, NOT_A_LOOKUP) },
    { on, kind: "malformed", body: "[".repeat(between(random, 1, 100_000)) },
    { on, kind: "fields", fields: { url: oneOf(random, HARMFUL_URLS) } },
    { on, kind: "fields", fields: { mime_type: oneOf(random, [null, 5, "text/html"]) } },
    { on, kind: "fields", fields: { padding: "x".repeat(between(random, 1, 200_000)) } },
    { on, kind: "fields", fields: { sha256: "0".repeat(64) } },
    { on, kind: "wrongHost", origin: oneOf(random, [elsewhere, "https://169.254.169.254"]) },
    {
      ...{ on, kind: "throttle", retryAfterSeconds: between(random, 0, 2) },
      code: oneOf(random, [4, 613, 80007, 130429] as const),
      status: oneOf(random, [400, 429] as const),
    },
  ];
  return oneOf(random, faults);
}
