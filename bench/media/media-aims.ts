import type { Cell, PacedCell } from "./media.ts";
import { addedFirstByte, ratio } from "./media-compare.ts";

const LARGE_BYTES = 5_000_000;
const SMALL_BYTES = 10_000;
const FIRST_BYTE_CONNECTIONS = 16;

export interface Verdict {
  aim: string;
  /** Each line of the tables that the aim is about, with its figure; in bold what misses it. */
  measured: string;
  /** Undefined when nothing of it was measured. */
  met: boolean | undefined;
}

/** Holds the figures against what they should be. */
export function judge(closed: readonly Cell[], paced: readonly PacedCell[]): Verdict[] {
  const large = closed.filter(({ size }) => size.bytes >= LARGE_BYTES);
  const small = closed.filter(({ size }) => size.bytes === SMALL_BYTES);
  const busy = closed.filter(({ connections }) => connections === FIRST_BYTE_CONNECTIONS);
  const lookups = ({ programs }: Cell) => programs.route?.lookups ?? Number.NaN;
  return [
    verdict("5 MB and more: at least 0.9 of bare", large, (cell) => ratio(cell, "bare"), {
      isMet: (value) => value >= 0.9,
    }),
    verdict("5 MB and more: never below remix-serve", large, (cell) => ratio(cell, "remix-serve"), {
      isMet: (value) => value >= 1,
    }),
    verdict("10 kB: at least twice remix-serve", small, (cell) => ratio(cell, "remix-serve"), {
      isMet: (value) => value >= 2,
    }),
    ...firstByteVerdicts("paced", paced),
    ...firstByteVerdicts("saturated", busy),
    verdict("one look-up a file, however many views", closed, lookups, {
      isMet: (value) => value === 1,
      digits: 0,
    }),
  ];
}

function firstByteVerdicts(how: string, cells: readonly Cell[]): Verdict[] {
  const title = `first byte, ${FIRST_BYTE_CONNECTIONS} connections, ${how}: added`;
  return [
    verdict(`${title} p50 under 3 ms`, cells, (cell) => addedFirstByte(cell).p50, {
      isMet: (value) => value < 3,
      digits: 1,
    }),
    verdict(`${title} p99 under 15 ms`, cells, (cell) => addedFirstByte(cell).p99, {
      isMet: (value) => value < 15,
      digits: 1,
    }),
  ];
}

function verdict(
  aim: string,
  cells: readonly Cell[],
  figureOf: (cell: Cell) => number,
  { isMet, digits = 2 }: { isMet: (value: number) => boolean; digits?: number },
): Verdict {
  const judged = cells
    .map((cell) => ({ cell, value: figureOf(cell) }))
    .filter(({ value }) => !Number.isNaN(value));
  const measured = judged.map(({ cell: { size, connections }, value }) => {
    const text = `${size.title} × ${connections}: ${value.toFixed(digits)}`;
    return isMet(value) ? text : `**${text}**`;
  });
  const met = judged.length > 0 ? judged.every(({ value }) => isMet(value)) : undefined;
  return { aim, measured: measured.join(", ") || "not measured", met };
}
