import { useEffect } from "react";
import type { MediaKind } from "#app/models/message-kind.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { kindName } from "../words/media-words.ts";
import type { ThreadLinks } from "../words/thread-links.ts";
import { viewHref } from "../words/thread-links.ts";
import { reportExpiredMedia } from "./expired-media.ts";
import { RevealedMedia } from "./revealed-media.tsx";
import {
  FailedFace,
  isExpired,
  isGone,
  mediaClass,
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
  message: MessageResponse & { mediaKind: MediaKind };
  /** Whom it is from and when, for those who hear the page: "Ana, 14:03". */
  origin: string;
  /** The server's clock when the page was written, in milliseconds since 1970. */
  now: number;
  links: ThreadLinks;
  revealed?: ServerReveal | undefined;
}

/**
 * A file in a conversation: a tile that stands for it until it is tapped. Three layers, each
 * replacing the one before where it can: a plain link that reloads the page, a frame for browsers
 * without JavaScript, and a change in place for hydrated pages.
 */
export function MediaPlaceholder(props: MediaPlaceholderProps) {
  const { mediaId, mediaKind: kind, mediaVoice, mediaTint } = props.message;
  const look = mediaClass(kind, mediaTint);
  return (
    <div className={`media ${look}`} tabIndex={-1}>
      {mediaId === null ? (
        <span className={tileClass(kind)}>
          <UnfetchableFace name={kindName(kind, mediaVoice)} />
        </span>
      ) : (
        <Reveal {...props} mediaId={mediaId} look={look} />
      )}
    </div>
  );
}

function Reveal(props: MediaPlaceholderProps & { mediaId: string; look: string }) {
  const { message, origin, now, links, revealed, mediaId, look } = props;
  const { mediaKind: kind, mediaVoice: voice, mediaFilename: filename } = message;
  const { state, tap, element, loaded, failed } = useReveal({ mediaId, kind, revealed });
  const name = kindName(kind, voice);
  const label = `${name} from ${origin}`;
  const href = links.reveal(message.id, now);
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
            live={{
              element,
              onLoad: loaded,
              onError: failed,
              onReload: tap,
              isTapped: state.t !== revealed?.t,
            }}
          />
        </div>
      );
  }
}
