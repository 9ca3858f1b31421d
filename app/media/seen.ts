import type { MediaKind } from "#app/models/message-kind.ts";
import { isPlayed, presentationOf } from "./file/presentation.ts";

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
 * @param isCertain whether every browser shows such a file
 * @returns null where that can't be known
 */
export function seenBy(
  kind: MediaKind,
  { bytes, outcome, isCertain }: { bytes: number; outcome: string; isCertain: boolean },
): "likely" | "saved" | null {
  if (presentationOf(kind) === "download") return outcome === "complete" ? "saved" : null;
  if (!isCertain) return null;
  const came = isPlayed(kind)
    ? BY_BROWSER.has(outcome) && bytes > PROBE_BYTES
    : outcome === "complete";
  return came ? "likely" : null;
}
