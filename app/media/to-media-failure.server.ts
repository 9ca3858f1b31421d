import { log } from "#app/process/log.server.ts";
import { MediaFailure } from "./file/failure.ts";

/** What a person is told of an error: a known failure as it is, all else as our own, and logged. */
export function toMediaFailure(error: unknown, signal: AbortSignal): MediaFailure {
  if (error instanceof MediaFailure) return error;
  // An error after the person has left is only the leaving, seen from inside.
  if (!signal.aborted) log.error({ event: "media.error", err: error });
  return new MediaFailure("internal");
}
