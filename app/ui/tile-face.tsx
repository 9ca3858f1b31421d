import type { FailureNotice } from "#app/media/failure.ts";
import type { MediaKind } from "#app/models/message-response.ts";
import { FAILED, kindName } from "./media-words.ts";

/** The inside of a tile that waits for its tap, drawn from the file's name tag. */
export function TileFace(props: {
  kind: MediaKind;
  voice: boolean;
  filename: string | null;
  expired: boolean;
}) {
  return (
    <span className="lbl">
      <span className={`tile-icon icon-${props.kind}`} aria-hidden="true" />
      <bdi>{props.filename ?? kindName(props.kind, props.voice)}</bdi>
      <br />
      {props.expired ? (
        <>
          Expired at WhatsApp
          <small>Try anyway</small>
        </>
      ) : (
        "Tap to view"
      )}
    </span>
  );
}

/** What a tile tells of a failure. */
export type TileFailure = Pick<FailureNotice, "message" | "retryable">;

/**
 * The inside of a tile whose file didn't come. Where trying again can't help, it only says why: a
 * tap still asks again, for what was mended meanwhile, but nothing promises that.
 *
 * @param failure null while nobody has told why
 */
export function FailedFace({ failure }: { failure: TileFailure | null }) {
  if (failure?.retryable === false) return <span className="lbl">{failure.message}</span>;
  return (
    <span className="lbl">
      <span className="tile-icon icon-retry" aria-hidden="true" />
      {FAILED}
      {failure && <small>{failure.message}</small>}
    </span>
  );
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
  return kind === "audio" || kind === "document" ? "tile slim" : "tile";
}
