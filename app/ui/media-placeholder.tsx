import type { MessageResponse } from "#app/models/message-response.ts";
import { revealHref, viewHref } from "./media-links.ts";
import { kindName } from "./media-words.ts";
import { RevealedMedia } from "./revealed-media.tsx";
import {
  FailedFace,
  TileFace,
  type TileFailure,
  tileClass,
  UnfetchableFace,
} from "./tile-face.tsx";
import { useReveal } from "./use-reveal.ts";
import { WaitingTile } from "./waiting-tile.tsx";

/** What the page's own request has already revealed: the file, or why it can't be shown. */
export interface ServerReveal {
  t: number;
  failure: TileFailure | null;
}

export interface MediaPlaceholderProps {
  message: MessageResponse & { mediaKind: NonNullable<MessageResponse["mediaKind"]> };
  /** Whom it is from and when, for those who hear the page: "Ana, 14:03". */
  origin: string;
  /** The server's clock when the page was written, in milliseconds since 1970. */
  now: number;
  /** Which page of the conversation this is: the message it ends before. */
  before?: number | undefined;
  revealed?: ServerReveal | undefined;
}

/**
 * A file in a conversation: a tile that stands for it until it is tapped. Three layers, each
 * replacing the one before where it can: a plain link that reloads the page, a frame for browsers
 * without JavaScript, and a change in place for hydrated pages.
 */
export function MediaPlaceholder(props: MediaPlaceholderProps) {
  const { mediaId, mediaKind: kind, mediaVoice } = props.message;
  return (
    <div className={`media media-${kind}`}>
      {mediaId === null ? (
        <span className={tileClass(kind)}>
          <UnfetchableFace name={kindName(kind, mediaVoice)} />
        </span>
      ) : (
        <Reveal {...props} mediaId={mediaId} />
      )}
    </div>
  );
}

function Reveal(props: MediaPlaceholderProps & { mediaId: string }) {
  const { message, origin, now, before, revealed, mediaId } = props;
  const { mediaKind: kind, mediaVoice: voice, mediaFilename: filename } = message;
  const { state, tap, element, loaded, failed } = useReveal({ mediaId, kind, revealed });
  const label = `${kindName(kind, voice)} from ${origin}`;
  const href = revealHref(message.id, now, before);
  const tile = { kind, label, href, frameHref: viewHref(mediaId, now), onTap: tap };

  switch (state.name) {
    case "tile": {
      const expired = message.mediaExpiresAt !== null && message.mediaExpiresAt.getTime() < now;
      return <WaitingTile {...tile} face={<TileFace {...{ kind, voice, filename, expired }} />} />;
    }
    case "failed":
      return (
        <div role="alert">
          <WaitingTile {...tile} face={<FailedFace failure={state.failure} />} />
        </div>
      );
    case "loading":
    case "shown":
      return (
        <div className="reveal" aria-busy={state.name === "loading"}>
          {state.name === "loading" && (
            <div
              className={`${tileClass(kind)} ld`}
              role="progressbar"
              aria-label={`Loading ${label}`}
            >
              <span className="spin" />
            </div>
          )}
          <RevealedMedia
            key={state.t}
            media={{ mediaId, kind, filename }}
            label={label}
            t={state.t}
            reloadHref={href}
            live={{ element, onLoad: loaded, onError: failed, onReload: tap }}
          />
        </div>
      );
  }
}
