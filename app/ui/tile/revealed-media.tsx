import type { MouseEvent, ReactNode, Ref, SyntheticEvent } from "react";
import { type Presentation, presentationOf } from "#app/media/file/presentation.ts";
import type { MediaKind } from "#app/models/message-kind.ts";
import { mediaSrc } from "../words/thread-links.ts";
import { pauseOthers } from "./one-player.ts";

export interface RevealedMediaProps {
  media: { mediaId: string; kind: MediaKind; filename: string | null };
  /** Describes the file to those who don't see it. Not empty: browsers draw the failure text only then. */
  label: string;
  t: number;
  /** Where a tap that asks for the file again leads. */
  reloadHref: string;
  /** Added by the hydrated tile; everything works without. */
  live?: {
    element: Ref<HTMLImageElement & HTMLVideoElement & HTMLAudioElement>;
    onLoad: () => void;
    onError: () => void;
    onReload: (event: MouseEvent) => void;
    /** Whether somebody tapped for it here, and so expects to hear it. */
    isTapped: boolean;
  };
}

/** A file's element, with the links that work when it doesn't. */
export function RevealedMedia(props: RevealedMediaProps) {
  const { media, live, reloadHref } = props;
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
      <a href={src} target="_top">
        Open
      </a>
    </>
  );
  return (
    <Frame links={links} plain={shown === "sound"}>
      <Element {...props} shown={shown} src={src} />
    </Frame>
  );
}

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
}: RevealedMediaProps & { shown: Exclude<Presentation, "download">; src: string }) {
  const events = live && { ref: live.element, onError: live.onError };
  const player = {
    ...events,
    onLoadedMetadata: live?.onLoad,
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
          <img {...events} alt={label} width={280} height={200} src={src} onLoad={live?.onLoad} />
        </a>
      );
    case "film":
      return <video {...player} playsInline />;
    case "sound":
      return <audio {...player} autoPlay={live?.isTapped} />;
  }
}
