import type { DownloadFaultInput } from "#simulator/faults/download.ts";
import { between, oneOf } from "./random-choice.ts";
import { randomEitherFault } from "./random-either-fault.ts";
import type { FaultSurroundings } from "./random-faults.ts";

const EITHER_SHARE = 0.5;
const TYPES = ["text/html", "image/svg+xml", "application/json", "image/png", "x"];
const BEGINNINGS = [
  "<!DOCTYPE html><script>1</script>",
  "<svg>",
  "\x7fELF",
  "PK\x03\x04",
  "%PDF-1.7",
];

export function randomDownloadFault(surroundings: FaultSurroundings): DownloadFaultInput {
  const { random, size, readsParts } = surroundings;
  const on = "download";
  if (random() < EITHER_SHARE) {
    return { on, ...randomEitherFault(surroundings, size) } as DownloadFaultInput;
  }
  const position = oneOf(random, [0, Math.max(0, size - 1), between(random, 0, size)]);
  const mimeType = oneOf(random, TYPES);
  const faults: DownloadFaultInput[] = [
    { on, kind: "gone" },
    { on, kind: "unauthorized", status: oneOf(random, [401, 403] as const) },
    { on, kind: "throttle", retryAfterSeconds: between(random, 0, 2) },
    { on, kind: "serverError", status: oneOf(random, [500, 502, 503, 504] as const) },
    { on, kind: "unasked", status: oneOf(random, [204, 205, 206, 304] as const) },
    { on, kind: "htmlError", mimeType },
    { on, kind: "jsonError", mimeType },
    { on, kind: "wrongType", mimeType },
    { on, kind: "endEarly", afterBytes: position },
    { on, kind: "ignoreRange" },
    { on, kind: "unsatisfiable", when: "range" },
    {
      ...{ on, kind: "contentRange", when: "range" },
      wrong: oneOf(random, ["start", "end", "unit", "reversed", "missing"] as const),
    },
    ...(readsParts ? [] : alterations(position, oneOf(random, BEGINNINGS))),
  ];
  return oneOf(random, faults);
}

/** Only the hash of the whole file tells that these bytes are not its own. */
function alterations(position: number, begin: string): DownloadFaultInput[] {
  const on = "download";
  return [
    { on, kind: "wrongHash", position },
    { on, kind: "otherBeginning", begin },
    { on, kind: "otherVersion" },
    { on, kind: "otherVersion", when: "range", sameBytes: position % 2 === 0 },
  ];
}
