import type { FailureNotice } from "#app/media/file/failure.ts";
import { presentationOf } from "#app/media/file/presentation.ts";
import type { MediaKind } from "#app/models/message-kind.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { FAILED, kindName, sizeWords } from "../words/media-words.ts";
import { timeLeft } from "../words/time-left.ts";

/** What a tile tells of a file: its name tag. */
export type TiledFile = Pick<
  MessageResponse,
  "mediaVoice" | "mediaFilename" | "mediaSize" | "mediaExpiresAt"
> & { mediaKind: MediaKind };

/** The inside of a tile that waits for its tap. */
export function TileFace({ file, now }: { file: TiledFile; now: number }) {
  const kind = kindName(file.mediaKind, file.mediaVoice);
  const size = file.mediaSize === null ? null : sizeWords(file.mediaSize);
  const details = [file.mediaFilename === null ? null : kind, size].filter(Boolean).join(", ");
  const left = timeLeft(file.mediaExpiresAt, now);
  return (
    <span className="lbl">
      <span className={`tile-icon icon-${file.mediaKind}`} aria-hidden="true" />
      <bdi>{file.mediaFilename ?? kind}</bdi> {details && <small>{details}</small>}
      <br />
      {isExpired(file, now) ? (
        <>
          Expired at WhatsApp
          <small>Try anyway</small>
        </>
      ) : (
        "Tap to view"
      )}
      {left && <small className={left.soon ? "left soon" : "left"}>{` ${left.words}`}</small>}
    </span>
  );
}

export function isExpired({ mediaExpiresAt }: Pick<TiledFile, "mediaExpiresAt">, now: number) {
  return mediaExpiresAt !== null && mediaExpiresAt.getTime() <= now;
}

/** What a tile tells of a failure. */
export type TileFailure = Pick<FailureNotice, "status" | "message" | "retryable">;

/**
 * The inside of a tile whose file didn't come. Where trying again can't help, it only says why: a
 * tap still asks again, for what was mended meanwhile, but nothing promises that.
 *
 * @param failure null while nobody has told why
 */
export function FailedFace({ failure }: { failure: TileFailure | null }) {
  const final = failure?.retryable === false;
  return (
    <span className="lbl">
      <span className={`tile-icon icon-${final ? "failed" : "retry"}`} aria-hidden="true" />
      {final ? failure.message : FAILED}
      {!final && failure && <small>{failure.message}</small>}
    </span>
  );
}

/** Whether the customer may still have what WhatsApp hasn't. */
export function isGone(failure: TileFailure | null): boolean {
  return failure?.status === 410;
}

/** The inside of a tile that can't be tapped. */
export function UnfetchableFace({ name }: { name: string }) {
  return (
    <span className="lbl">
      {name}
      <small>WhatsApp sent no usable reference to this file. It can't be fetched.</small>
    </span>
  );
}

/** Tiles of files that show as a line, not a picture, are lower. */
export function tileClass(kind: MediaKind): string {
  const shown = presentationOf(kind);
  return shown === "sound" || shown === "download" ? "tile slim" : "tile";
}

/**
 * Of whatever a file's tile stands in: its kind, and three of sixteen colours each, because
 * styles may only come from the stylesheet.
 *
 * @param tint three hexadecimal digits
 */
export function mediaClass(kind: MediaKind, tint: string | null): string {
  if (tint === null) return `media-${kind}`;
  const [a, b, c] = tint;
  return `media-${kind} a${a} b${b} c${c}`;
}
