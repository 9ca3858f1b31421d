import { MediaFailure } from "../file/failure.ts";
import type { FileBody, OpenMedia } from "../source/open-media.server.ts";
import { differs } from "../source/same-file.ts";

/** Opens the same file again. `range` as a Range header; undefined for the whole file. */
export type Reopen = (range: string | undefined) => Promise<OpenMedia>;

/**
 * Opens what is missing of a body that broke.
 *
 * @param received bytes that came before
 * @returns the rest, of which the first `skip` bytes have been received already
 * @throws {MediaFailure} when WhatsApp doesn't hand out the rest of the same file
 */
export async function openRest(
  media: OpenMedia,
  received: number,
  reopen: Reopen,
): Promise<{ body: FileBody; skip: number }> {
  const asked = media.contentRange;
  const first = (asked?.first ?? 0) + received;
  const fromTheStart = first === 0 && !asked;
  const rest = await reopen(fromTheStart ? undefined : `bytes=${first}-${asked?.last ?? ""}`);
  const problem = differs(media, rest) ?? misses(media, rest, first);
  if (problem) {
    rest.body.destroy();
    throw new MediaFailure("upstream", { detail: problem });
  }
  // A host that doesn't know Range sends all again.
  return { body: rest.body, skip: rest.status === 200 ? first : 0 };
}

function misses(media: OpenMedia, rest: OpenMedia, first: number): string | undefined {
  const asked = media.contentRange;
  const got = rest.contentRange;
  if (rest.status === 200) return asked ? "a part was asked for, the whole file came" : undefined;
  // Where nobody tells how long the file is, nothing shows that this is all of it.
  const end = media.length ?? got?.total ?? Number.NaN;
  const complete = got?.first === first && got.last === (asked?.last ?? end - 1);
  return complete ? undefined : "another part than the missing one came";
}
