import { FAILURE_HEADER, noticeFor } from "#app/media/file/failure.ts";
import { SHOWN_HEADER } from "#app/media/file/request-marks.ts";
import type { TileFailure } from "./tile-face.tsx";

/**
 * Asks the server what became of a file that an element couldn't show, or whether it can be had.
 *
 * @param src with the same stamp as the element's
 * @param answer gets why it failed, null where nobody can tell, undefined where nothing did
 * @returns stops asking
 */
export function askWhy(
  src: string,
  answer: (failure: TileFailure | null | undefined) => void,
): () => void {
  const asking = new AbortController();
  fetch(src, { method: "HEAD", signal: asking.signal }).then(
    ({ ok, headers }) => answer(ok ? undefined : (noticeFor(headers.get(FAILURE_HEADER)) ?? null)),
    () => !asking.signal.aborted && answer(null),
  );
  return () => asking.abort();
}

/** Tells the server whether this browser could show what came. */
export function reportShown(src: string, isShown: boolean): void {
  const headers = { [SHOWN_HEADER]: isShown ? "yes" : "no" };
  // The page may go: the file then stays where unseen files are.
  fetch(src, { method: "HEAD", headers, keepalive: true }).catch(() => {});
}
