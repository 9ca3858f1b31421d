import type { MouseEvent, ReactNode, Ref, SyntheticEvent } from "react";
import { type Presentation, presentationOf } from "#app/media/file/presentation.ts";
import type { MediaKind } from "#app/models/message-kind.ts";
import { UNSHOWN } from "../words/media-words.ts";
import { largeHref, mediaSrc, saveHref } from "../words/thread-links.ts";
import type { MediaElement } from "./element-watch.ts";
import { enlarge } from "./enlarge.ts";
import { pauseOthers } from "./one-player.ts";

/** What a browser makes of a file: nothing, only its sound, or maybe nothing. */
export type Shortfall = "unshown" | "sound only" | "doubtful";

export interface RevealedMediaProps {
  media: { mediaId: string; kind: MediaKind; filename: string | null };
  /** Describes the file to those who don't see it. Not empty: browsers draw the failure text only then. */
  label: string;
  t: number;
  /** What the browser can't do with it; undefined while nothing is known of that. */
  shortfall?: Shortfall | undefined;
  /** Whether a sound begins by itself, because the page was opened by a tap on it. */
  isTapped?: boolean;
  /** Where a tap that asks for the file again leads. */
  reloadHref: string;
  /** Added by the hydrated tile; everything works without. */
  live?: {
    element: Ref<MediaElement>;
    onReload: (event: MouseEvent) => void;
    /** Whether somebody tapped for it here, and so expects to hear it. */
    isTapped: boolean;
  };
}

/** A file's element, with the links that work when it doesn't. */
export function RevealedMedia(props: RevealedMediaProps) {
  const { media, live, reloadHref, shortfall } = props;
  const shown = presentationOf(media.kind);
  const src = mediaSrc(media.mediaId, props.t);
  const reload = (
    <a href={reloadHref} onClick={live?.onReload}>
      Reload
    </a>
  );
  if (shown === "download") {
    return (
      <Frame links={reload} plain>
        <a className="download" href={src} target="_top" download={media.filename ?? ""}>
          Download <bdi>{media.filename ?? "document"}</bdi>
        </a>
      </Frame>
    );
  }
  const links = (
    <>
      {reload}{" "}
      {shortfall !== "unshown" && (
        <>
          <a href={src} target="_top">
            Open
          </a>{" "}
        </>
      )}
      {shown === "picture" && shortfall !== "unshown" && (
        <>
          <a href={largeHref(media.mediaId, props.t)} target="_top" onClick={live && enlarge}>
            Enlarge
          </a>{" "}
        </>
      )}
      <a href={saveHref(media.mediaId, props.t)} target="_top" download="">
        Download
      </a>
    </>
  );
  return (
    <Frame links={links} plain={shown === "sound" || shortfall === "unshown"}>
      {shortfall !== "unshown" && <Element {...props} shown={shown} src={src} />}
      {shortfall && (
        <p className="shortfall" role="alert">
          {shortfalls[shortfall]}
        </p>
      )}
    </Frame>
  );
}

const shortfalls: Record<Shortfall, string> = {
  unshown: UNSHOWN,
  "sound only": `${UNSHOWN} You hear its sound.`,
  doubtful: "Not every browser can show this file. If yours doesn't, download it.",
};

function Frame(props: { children: ReactNode; links: ReactNode; plain: boolean }) {
  return (
    <div className="out">
      <div className={props.plain ? "shown plain" : "shown"}>{props.children}</div>
      <div className="media-links">{props.links}</div>
    </div>
  );
}

function Element({
  shown,
  src,
  label,
  live,
  reloadHref,
  isTapped,
}: RevealedMediaProps & { shown: Exclude<Presentation, "download">; src: string }) {
  const player = {
    ref: live?.element,
    onPlay: live && ((event: SyntheticEvent<HTMLMediaElement>) => pauseOthers(event.currentTarget)),
    controls: true,
    preload: "metadata",
    "aria-label": label,
    src,
    children: <a href={src}>Download</a>,
  };
  switch (shown) {
    case "picture":
      return (
        <a href={reloadHref} onClick={live?.onReload} title="Tap to load it again">
          <img ref={live?.element} alt={label} width={280} height={200} src={src} />
        </a>
      );
    case "film":
      return <video {...player} playsInline />;
    case "sound":
      return <audio {...player} autoPlay={live?.isTapped ?? isTapped} />;
  }
}
