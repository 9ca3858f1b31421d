import { type MouseEvent, useEffect, useReducer, useRef } from "react";
import { presentationOf } from "#app/media/file/presentation.ts";
import type { MediaKind } from "#app/models/message-kind.ts";
import { mediaSrc } from "../words/thread-links.ts";
import { askWhy, reportShown } from "./ask-server.ts";
import { type MediaElement, watchElement } from "./element-watch.ts";
import type { ServerReveal } from "./media-placeholder.tsx";
import type { TileFailure } from "./tile-face.tsx";

export type RevealState =
  | { name: "tile" }
  | { name: "loading"; t: number }
  /** Its element has failed, maybe after it had shown something, and nobody has told why. */
  | { name: "asking"; t: number; before: Shown | null }
  | Shown
  /** It came, but this browser can't show it. */
  | { name: "unshown"; t: number }
  | { name: "failed"; t: number; failure: TileFailure | null };

interface Shown {
  name: "shown";
  t: number;
  isSoundOnly: boolean;
  /** The page has watched it load, and does not only trust that the server has it. */
  isSeen: boolean;
  /** Its player gave up since then, though the file is fine: no sound device, or a broken middle. */
  hasStopped?: boolean;
}

type Event =
  | { name: "tapped"; t: number }
  | { name: "broke"; t: number }
  | Exclude<RevealState, { name: "tile" | "loading" | "asking" }>;

/** The tile's life in a hydrated page: every tap is a new request, with a `t` of its own. */
export function useReveal(props: {
  mediaId: string;
  kind: MediaKind;
  revealed: ServerReveal | undefined;
}) {
  const { mediaId, kind, revealed } = props;
  const [state, dispatch] = useReducer(next, revealed, initial);
  const element = useRef<MediaElement>(null);
  const t = state.name === "tile" ? 0 : state.t;
  const { name } = state;
  const presentation = presentationOf(kind);
  const hasStopped = state.name === "shown" && state.hasStopped === true;
  const isPlayer = presentation === "film" || presentation === "sound";
  const before = state.name === "asking" && isPlayer ? state.before : null;

  useEffect(() => {
    if (!element.current || (name !== "loading" && name !== "shown") || hasStopped) return;
    return watchElement(element.current, (event) => {
      if (event === "failed") dispatch({ name: "broke", t });
      else dispatch({ name: "shown", t, isSoundOnly: event === "sound only", isSeen: true });
    });
  }, [hasStopped, name, t]);

  // A download has no element that loads: ask whether it can be had, then let the browser save it.
  useEffect(() => {
    if (presentation !== "download" || name !== "loading") return;
    const src = mediaSrc(mediaId, t);
    return askWhy(src, (failure) => {
      if (failure !== undefined) return dispatch({ name: "failed", t, failure });
      dispatch({ name: "shown", t, isSoundOnly: false, isSeen: true });
      save(src);
    });
  }, [presentation, mediaId, name, t]);

  // An element tells that it failed, never why: the server does, asked with the same t.
  useEffect(() => {
    if (name !== "asking") return;
    return askWhy(mediaSrc(mediaId, t), (failure) => {
      if (failure !== undefined) return dispatch({ name: "failed", t, failure });
      dispatch(before ? { ...before, hasStopped: true } : { name: "unshown", t });
    });
  }, [before, mediaId, name, t]);

  // The server doesn't know what this browser can show.
  const isSoundOnly = state.name === "shown" && state.isSoundOnly;
  const isSeen = state.name === "shown" && state.isSeen && presentation !== "download";
  useEffect(() => {
    if (isSeen) reportShown(mediaSrc(mediaId, t), !isSoundOnly);
    else if (name === "unshown") reportShown(mediaSrc(mediaId, t), false);
  }, [isSeen, isSoundOnly, mediaId, name, t]);

  return {
    state,
    element,
    tap(event: MouseEvent) {
      // A new tab or window was asked for: the plain link does that.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0) return;
      event.preventDefault();
      // What was tapped goes: who came by keyboard stays at the file.
      if (event.currentTarget === document.activeElement) {
        event.currentTarget.closest<HTMLElement>(".media")?.focus({ preventScroll: true });
      }
      dispatch({ name: "tapped", t: Math.max(Date.now(), t + 1) });
    },
  };
}

function initial(revealed: ServerReveal | undefined): RevealState {
  if (!revealed) return { name: "tile" };
  const { t, failure, showable } = revealed;
  if (failure) return { name: "failed", t, failure };
  if (showable === "no") return { name: "unshown", t };
  return { name: "shown", t, isSoundOnly: false, isSeen: false };
}

/** An event of an earlier request changes nothing. */
function next(state: RevealState, event: Event): RevealState {
  if (event.name === "tapped") return { name: "loading", t: event.t };
  if (state.name === "tile" || state.t !== event.t) return state;
  if (event.name === "broke") {
    return {
      name: "asking",
      t: event.t,
      before: state.name === "shown" && state.isSeen ? state : null,
    };
  }
  const isRepeated =
    state.name === "shown" &&
    event.name === "shown" &&
    state.isSeen &&
    !event.hasStopped &&
    state.isSoundOnly === event.isSoundOnly;
  return isRepeated ? state : event;
}

function save(src: string): void {
  const link = document.createElement("a");
  link.href = src;
  link.download = "";
  link.click();
}
