import type { RequestedRange } from "../file/range.ts";
import type { OpenMedia } from "./open-media.server.ts";
import { totalOf } from "./same-file.ts";

/** An answer to a person's request, without its bytes. */
export type Presented = Omit<OpenMedia, "body">;

/** Whether a part of the file can be had from where this answer came from. */
export function knowsRanges({ status, acceptsRanges }: Presented): boolean {
  return status === 206 || acceptsRanges;
}

/** The whole file, of which WhatsApp has answered with the beginning, or all. */
export function presentedWhole(media: Presented): Presented {
  if (media.status === 200) return media;
  const length = totalOf(media);
  return { ...media, status: 200, contentRange: undefined, length, acceptsRanges: true };
}

/**
 * A part of the file.
 *
 * @param partBytes the most bytes of a part that names no end
 */
export function presentedPart(
  media: Presented,
  { first, last }: RequestedRange,
  partBytes = Number.POSITIVE_INFINITY,
): Presented {
  const total = totalOf(media);
  if (total === undefined) return media;
  const end = Math.min(last === undefined ? first + partBytes : last + 1, total);
  return {
    ...media,
    status: 206,
    contentRange: { first, last: end - 1, total },
    length: end - first,
    acceptsRanges: true,
  };
}
