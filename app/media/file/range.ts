const REQUESTED = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** A part of a file, as Content-Range tells it. */
export interface ContentRange {
  first: number;
  last: number;
  /** The whole file's length; null when the sender doesn't know. */
  total: number | null;
}

/**
 * The Range to pass on to WhatsApp: a single well-formed one. Several ranges, other units and
 * garbage are ignored, as RFC 9110 §14.2 allows, and so is a Range with If-Range: we hand out no
 * validators, so none can match.
 */
export function forwardableRange(headers: Headers): string | undefined {
  const range = headers.get("Range")?.trim();
  if (!range || headers.has("If-Range")) return undefined;
  const [, first, last] = REQUESTED.exec(range) ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  if (first !== "" && last !== "" && Number(first) > Number(last)) return undefined;
  return range;
}

/** A range's first byte, and its last where it names one. */
export interface RequestedRange {
  first: number;
  last: number | undefined;
}

/**
 * @param range what forwardableRange returned; undefined for the whole file
 * @returns undefined for one that counts from the file's end
 */
export function requestedRange(range: string | undefined): RequestedRange | undefined {
  if (range === undefined) return { first: 0, last: undefined };
  const [, first = "", last = ""] = REQUESTED.exec(range) ?? [];
  if (first === "") return undefined;
  return { first: Number(first), last: last === "" ? undefined : Number(last) };
}

/** @returns undefined when the header is missing, malformed or contradicts itself */
export function parseContentRange(value: string | undefined): ContentRange | undefined {
  const [, first, last, total] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(value ?? "") ?? [];
  if (first === undefined || last === undefined || total === undefined) return undefined;
  const range = {
    first: Number(first),
    last: Number(last),
    total: total === "*" ? null : Number(total),
  };
  const ordered = range.first <= range.last && (range.total === null || range.last < range.total);
  return ordered ? range : undefined;
}

/**
 * Whether a part is what was asked for. A shorter part is one too (RFC 9110 §15.3.7), a part from
 * elsewhere is not.
 *
 * @param requested what forwardableRange returned
 */
export function answersRange(requested: string, part: ContentRange): boolean {
  const [, first = "", last = ""] = REQUESTED.exec(requested) ?? [];
  if (first !== "")
    return part.first === Number(first) && (last === "" || part.last <= Number(last));
  const atEnd = part.total === null || part.last === part.total - 1;
  return atEnd && partLength(part) <= Number(last);
}

/** Bytes in a part. */
export function partLength({ first, last }: ContentRange): number {
  return last - first + 1;
}

/** Whether a part is the file from its first byte to its last. */
export function isWhole(part: ContentRange | undefined): boolean {
  return !part || (part.first === 0 && part.last + 1 === part.total);
}
