import type { OpenMedia } from "./open-media.server.ts";

type Version = Pick<OpenMedia, "etag" | "contentRange" | "length">;

/**
 * Whether two answers are of the same file, as far as they tell.
 *
 * @returns how they differ, for the log; undefined when nothing speaks against it
 */
export function differs(before: Version, now: Version): string | undefined {
  if (before.etag !== undefined && now.etag !== undefined && before.etag !== now.etag) {
    return "the file has another ETag now";
  }
  const [was, is] = [totalOf(before), totalOf(now)];
  if (was !== undefined && is !== undefined && was !== is) {
    return `the file had ${was} bytes and has ${is} now`;
  }
  return undefined;
}

/** The whole file's length in bytes; undefined when the answer doesn't tell. */
export function totalOf({ contentRange, length }: Version): number | undefined {
  return contentRange ? (contentRange.total ?? undefined) : length;
}
