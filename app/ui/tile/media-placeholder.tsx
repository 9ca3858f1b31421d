import { useEffect, useState } from "react";
import type { Showable } from "#app/media/file/showable.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { kindName } from "../words/media-words.ts";
import type { ThreadLinks } from "../words/thread-links.ts";
import { formFileId, viewHref } from "../words/thread-links.ts";
import { reportExpiredMedia } from "./expired-media.ts";
import { RevealedMedia, type Shortfall } from "./revealed-media.tsx";
import {
  FailedFace,
  isExpired,
  isGone,
  mediaClass,
  type TiledFile,
  TileFace,
  type TileFailure,
  tileClass,
  UnfetchableFace,
} from "./tile-face.tsx";
import { type RevealState, useReveal } from "./use-reveal.ts";
import { WaitingTile } from "./waiting-tile.tsx";

/** What the page's own request has already revealed: the file, or why it can't be shown. */
export interface ServerReveal {
  t: number;
  failure: TileFailure | null;
  showable: Showable;
}

/** A file, and the message that it is shown with. */
export type PlacedFile = TiledFile &
  Pick<MessageResponse, "id" | "direction" | "mediaId" | "mediaTint"> & {
    /** Which of a form's files it is; left out for the message's own. */
    position?: number;
  };

export interface MediaPlaceholderProps {
  message: PlacedFile;
  /** Whom it is from and when, for those who hear the page: "Ana, 14:03". */
  origin: string;
  /** The server's clock when the page was written, in milliseconds since 1970. */
  now: number;
  links: ThreadLinks;
  revealed?: ServerReveal | undefined;
  /** Whether a frame shows it at once, without another tap. */
  isFramed?: boolean;
}

/**
 * A file in a conversation: a tile that stands for it until it is tapped. Three layers, each
 * replacing the one before where it can: a plain link that reloads the page, a frame for browsers
 * without JavaScript, and a change in place for hydrated pages.
 */
export function MediaPlaceholder(props: MediaPlaceholderProps) {
  const { id, position, mediaId, mediaKind: kind, mediaVoice, mediaTint } = props.message;
  const look = mediaClass(kind, mediaTint);
  const [framedAt] = useState(props.now);
  return (
    <div
      id={position === undefined ? undefined : formFileId(id, position)}
      className={`media ${look}`}
      tabIndex={-1}
    >
      {mediaId === null ? (
        <span className={tileClass(kind)}>
          <UnfetchableFace name={kindName(kind, mediaVoice)} />
        </span>
      ) : props.isFramed ? (
        <iframe
          className={`${tileClass(kind)} now`}
          title={`${kindName(kind, mediaVoice)} from ${props.origin}`}
          src={viewHref(mediaId, framedAt)}
        />
      ) : (
        <Reveal {...props} mediaId={mediaId} look={look} />
      )}
    </div>
  );
}

function Reveal(props: MediaPlaceholderProps & { mediaId: string; look: string }) {
  const { message, origin, now, links, revealed, mediaId, look } = props;
  const { mediaKind: kind, mediaVoice: voice, mediaFilename: filename } = message;
  const { state, tap, element } = useReveal({ mediaId, kind, revealed });
  const name = kindName(kind, voice);
  const label = `${name} from ${origin}`;
  const { position } = message;
  const inForm = position === undefined ? undefined : { mediaId, position };
  const href = links.reveal(message.id, now, inForm);
  const frameHref = viewHref(mediaId, now);
  const tile = { file: message, look, label, href, frameHref, onTap: tap };
  const askHref = message.direction === "inbound" ? links.askAgain(message.id) : null;

  const { id: messageId, direction } = message;
  const hasGone = state.name === "failed" && isGone(state.failure);
  useEffect(() => {
    const isInbound = direction === "inbound";
    if (hasGone) reportExpiredMedia({ messageId, name: filename ?? name, origin, isInbound });
  }, [hasGone, messageId, filename, name, origin, direction]);

  switch (state.name) {
    case "tile":
      return (
        <WaitingTile
          {...tile}
          face={<TileFace file={message} now={now} />}
          askHref={isExpired(message, now) ? askHref : null}
          isAlert={false}
        />
      );
    case "failed":
      return (
        <WaitingTile
          {...tile}
          face={<FailedFace failure={state.failure} />}
          askHref={isGone(state.failure) ? askHref : null}
          wayOn={
            state.failure?.status === 401 && (
              <a className="ask" href={links.signIn}>
                Sign in
              </a>
            )
          }
          isAlert
        />
      );
    case "loading":
    case "asking":
    case "shown":
    case "unshown": {
      const isLoading = state.name === "loading" || (state.name === "asking" && !state.before);
      return (
        <div className="reveal" aria-busy={isLoading}>
          {isLoading && (
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
            shortfall={shortfallOf(state, revealed)}
            reloadHref={href}
            live={{ element, onReload: tap, isTapped: state.t !== revealed?.t }}
          />
        </div>
      );
    }
  }
}

function shortfallOf(
  state: RevealState,
  revealed: ServerReveal | undefined,
): Shortfall | undefined {
  if (state.name === "unshown") return "unshown";
  if (state.name !== "shown") return undefined;
  if (state.isSoundOnly) return "sound only";
  return !state.isSeen && revealed?.showable === "maybe" ? "doubtful" : undefined;
}
