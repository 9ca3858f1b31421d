import type { MediaKind } from "#app/models/message-kind.ts";
import { isPlayed, presentationOf } from "./file/presentation.ts";
import type { Showable } from "./file/showable.ts";

/** Safari asks for the first two bytes of what it may play, to learn whether parts can be had. */
const PROBE_BYTES = 2;
/** How a fetch ends without anything having gone wrong. */
const BY_BROWSER = new Set(["complete", "client-left", "client-idle"]);

/**
 * What the bytes alone say of whether a person has seen a file. A picture has to come to its end,
 * and a document is saved by then. Of what is played, any part will do: a browser takes a film in
 * parts, stops when it has enough ahead, and leaves when the person does, and what it had taken was
 * played. But not every browser shows everything.
 *
 * @param showable whether browsers show such a file; undefined for one of a format that they show,
 *   of which nothing told more
 * @returns null where that can't be known
 */
export function seenBy(
  kind: MediaKind,
  view: { bytes: number; outcome: string; showable: Showable | undefined },
): "likely" | "saved" | null {
  const { bytes, outcome, showable } = view;
  const isWhole = outcome === "complete";
  if (presentationOf(kind) === "download") return isWhole ? "saved" : null;
  // Nothing is played before its index has passed by.
  if (showable === undefined && !isWhole) return null;
  if (showable === "maybe" || showable === "no") return null;
  const came = isPlayed(kind) ? BY_BROWSER.has(outcome) && bytes > PROBE_BYTES : isWhole;
  return came ? "likely" : null;
}
