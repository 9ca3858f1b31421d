import { renderToStaticMarkup } from "react-dom/server";
import { failureNotices, type MediaFailure } from "#app/media/file/failure.ts";
import type { Showable } from "#app/media/file/showable.ts";
import type { Probed } from "#app/media/reveal.server.ts";
import type { MediaPointer } from "#app/models/media/media.server.ts";
import { mediaTint } from "#app/models/media/media-tint.ts";
import stylesheet from "../../app.css?url";
import { kindName } from "../words/media-words.ts";
import { largeHref, saveHref, threadLinks, viewHref } from "../words/thread-links.ts";
import { RevealedMedia, type Shortfall } from "./revealed-media.tsx";
import { FailedFace, isGone, mediaClass, tileClass } from "./tile-face.tsx";
import { AskAgain } from "./waiting-tile.tsx";

type ViewedFile = Pick<
  MediaPointer,
  "mediaId" | "kind" | "filename" | "sha256" | "direction" | "conversationId" | "messageId"
>;

/** Browsers paint a page in progress only after about a kilobyte of it. */
const PADDING = `<!--${" ".repeat(1_024)}-->`;

/**
 * A small page that shows one file: the spinner at once, then, when WhatsApp has answered, the
 * file's element, the failure, or that this browser can't show it.
 *
 * @param t the stamp for the file's address
 * @param probed resolves to what came of opening the file
 * @param standalone whether it was opened on its own, and not in a conversation's frame
 */
export function viewDocument(props: {
  pointer: ViewedFile;
  t: number;
  standalone: boolean;
  /** Whether somebody tapped for it, and so expects to hear it. */
  isTapped?: boolean;
  /** Whether its picture is as large as the window. */
  isLarge?: boolean;
  probed: Promise<Probed>;
}): ReadableStream<Uint8Array> {
  const { pointer, t, standalone } = props;
  const isLarge = standalone && props.isLarge === true;
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(encoder.encode(head(pointer, t, isLarge)));
      const probed = await props.probed;
      const outcome = renderToStaticMarkup(<Outcome {...{ ...props, isLarge, ...probed }} />);
      controller.enqueue(encoder.encode(`${outcome}</body></html>`));
      controller.close();
    },
  });
}

function head({ kind, sha256, mediaId }: ViewedFile, t: number, isLarge: boolean): string {
  const look = mediaClass(kind, mediaTint({ sha256, mediaId }));
  const spinner = renderToStaticMarkup(
    <div className="wait">
      <div className={`${tileClass(kind)} ld`} role="progressbar" aria-label="Loading">
        <span className="spin" />
      </div>
      <div className="media-links">
        <a href={saveHref(mediaId, t)} target="_top" download="">
          Download
        </a>
      </div>
    </div>,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${kindName(kind, false)}</title><link rel="stylesheet" href="${stylesheet}"></head><body class="frame ${look}${isLarge ? " large" : ""}">${spinner}${PADDING}`;
}

function Outcome(props: {
  isTapped?: boolean;
  pointer: ViewedFile;
  t: number;
  standalone: boolean;
  isLarge: boolean;
  failure: MediaFailure | null;
  showable: Showable;
}) {
  const { pointer, t, standalone, isLarge, failure, showable } = props;
  const now = Date.now();
  const again = (isLarge ? largeHref : viewHref)(pointer.mediaId, now);
  const pathname = `/conversations/${pointer.conversationId}`;
  const links = threadLinks({ pathname, search: "" }, true);
  const isToAsk =
    failure && isGone(failureNotices[failure.kind]) && pointer.direction === "inbound";
  return (
    <>
      {failure ? (
        <div className="out">
          <div role="alert">
            <a className={tileClass(pointer.kind)} href={again}>
              <FailedFace failure={failureNotices[failure.kind]} />
            </a>
          </div>
          {isToAsk && <AskAgain href={links.askAgain(pointer.messageId)} />}
        </div>
      ) : (
        <RevealedMedia
          media={pointer}
          label={kindName(pointer.kind, false)}
          t={t}
          shortfall={shortfalls[showable]}
          isTapped={props.isTapped === true}
          reloadHref={again}
        />
      )}
      {standalone && (
        <p>
          <a
            href={
              isLarge ? links.revealAround(pointer.messageId, now) : links.around(pointer.messageId)
            }
          >
            Back to the conversation
          </a>
        </p>
      )}
    </>
  );
}

const shortfalls: Record<Showable, Shortfall | undefined> = {
  yes: undefined,
  maybe: "doubtful",
  no: "unshown",
};
