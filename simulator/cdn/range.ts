/** A part of a file: `start` inclusive, `end` exclusive. */
export interface Part {
  start: number;
  end: number;
}

/**
 * Reads a Range header as RFC 9110 says: one range, open or suffix too. Several ranges, other units
 * and what can't be read are ignored.
 *
 * @returns undefined when the whole file is to be sent
 */
export function partOf(
  header: string | undefined,
  size: number,
): Part | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || first + last === "") return undefined;
  if (first === "") {
    const start = Math.max(0, size - Number(last));
    return start < size ? { start, end: size } : "unsatisfiable";
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return undefined;
  return start < size ? { start, end } : "unsatisfiable";
}
