import type { MediaKind } from "#app/models/message-kind.ts";
import { isPlayed } from "./file/presentation.ts";
import type { TransferReport } from "./flow/transfer.ts";

/** Safari asks for the first two bytes of what it may play, to learn whether parts can be had. */
const PROBE_BYTES = 2;

/**
 * Whether a person has seen a file by one fetch of it. A picture or a document has to come to its
 * end. Of what is played, any part will do: a browser takes a film in parts, stops when it has
 * enough ahead, and leaves when the person does, and what it had taken was played.
 */
export function hasSeen(
  kind: MediaKind,
  { bytes, outcome }: Pick<TransferReport, "bytes" | "outcome">,
): boolean {
  if (!isPlayed(kind)) return outcome === "complete";
  const isByBrowser =
    outcome === "complete" || outcome === "client-left" || outcome === "client-idle";
  return isByBrowser && bytes > PROBE_BYTES;
}
