import type { WithoutHop } from "#simulator/faults/kinds/definition.ts";
import type { FaultInput } from "#simulator/faults/parse.ts";
import { between, oneOf } from "./random-choice.ts";
import type { FaultSurroundings } from "./random-faults.ts";

type On<Hop extends FaultInput["on"]> = Extract<FaultInput, { on: Hop }>;
type OfBothHops = Extract<On<"lookup">["kind"], On<"download">["kind"]>;
/** A fault that either hop can have, before it is said which. */
export type EitherFault = WithoutHop<Extract<On<"lookup">, { kind: OfBothHops }>>;

const NOT_HTTP = [
  "",
  "HTTP/1.1 200 O",
  "HTTP/1.1 200 OK\r\nContent-Le",
  "SSH-2.0-x\r\n",
  "\0\0\0\0",
];

/** @param bytes of the answer's body, so that what depends on a place can hit any */
export function randomEitherFault(
  { random, elsewhere }: FaultSurroundings,
  bytes: number,
): EitherFault {
  const ending = oneOf(random, ["fin", "rst"] as const);
  const encoding = oneOf(random, ["gzip", "deflate", "br"] as const);
  const afterBytes = oneOf(random, [0, 1, bytes - 1, between(random, 0, bytes)].filter(isPlace));
  const status = oneOf(random, [301, 302, 303, 307, 308] as const);
  const faults: EitherFault[] = [
    { kind: "slow", ms: between(random, 1, 200) },
    { kind: "slowHeaders", ms: between(random, 1, 200) },
    { kind: "hangUp", sent: oneOf(random, NOT_HTTP), ending },
    { kind: "truncate", afterBytes, ending },
    { kind: "trickle", bytesPerSecond: 1_000 + bytes * between(random, 3, 9) },
    { kind: "redirect", location: `${elsewhere}/file`, status },
    { kind: "redirectLoop", status },
    { kind: "extraHeaders" },
    { kind: "extraHeaders", headers: { "X-Long": "x".repeat(between(random, 1, 40_000)) } },
    { kind: "encoding", encoding },
    { kind: "bomb", encoding, expandedBytes: 2_000_000 },
    { kind: "chunked" },
    { kind: "wrongLength", by: oneOf(random, [-1, 1, between(random, -bytes, bytes)]) },
    { kind: "oversize", extraBytes: oneOf(random, [1, between(random, 1, 200_000)]) },
    { kind: "secondAnswer" },
  ];
  return oneOf(random, faults);
}

function isPlace(position: number): boolean {
  return position >= 0;
}
