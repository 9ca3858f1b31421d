import { type MouseEvent, useEffect, useReducer, useRef } from "react";
import { FAILURE_HEADER, noticeFor } from "#app/media/file/failure.ts";
import { presentationOf } from "#app/media/file/presentation.ts";
import type { MediaKind } from "#app/models/message-kind.ts";
import { mediaSrc } from "../words/thread-links.ts";
import type { ServerReveal } from "./media-placeholder.tsx";
import type { TileFailure } from "./tile-face.tsx";

type State =
  | { name: "tile" }
  | { name: "loading"; t: number }
  | { name: "shown"; t: number }
  | { name: "failed"; t: number; failure: TileFailure | null };

type Event =
  | { name: "tapped"; t: number }
  | { name: "loaded"; t: number }
  | { name: "failed"; t: number; failure?: TileFailure | undefined };

/** The tile's life in a hydrated page: every tap is a new request, with a `t` of its own. */
export function useReveal(props: {
  mediaId: string;
  kind: MediaKind;
  revealed: ServerReveal | undefined;
}) {
  const { mediaId, kind, revealed } = props;
  const [state, dispatch] = useReducer(next, revealed, initial);
  const element = useRef<HTMLImageElement & HTMLVideoElement & HTMLAudioElement>(null);
  const t = state.name === "tile" ? 0 : state.t;

  // What the server revealed may have loaded or failed before there was anybody to listen.
  const revealedAt = revealed?.t;
  useEffect(() => {
    const media = element.current;
    if (!media || revealedAt === undefined) return;
    if (media.error || (media.complete && media.naturalWidth === 0)) {
      dispatch({ name: "failed", t: revealedAt });
    }
  }, [revealedAt]);

  // A download has no element that loads: ask whether it can be had, then let the browser save it.
  useEffect(() => {
    if (presentationOf(kind) !== "download" || state.name !== "loading") return;
    const asking = new AbortController();
    const src = mediaSrc(mediaId, state.t);
    fetch(src, { method: "HEAD", signal: asking.signal }).then(
      (answer) => {
        if (!answer.ok) return dispatch({ name: "failed", t: state.t, failure: failureIn(answer) });
        dispatch({ name: "loaded", t: state.t });
        save(src);
      },
      () => !asking.signal.aborted && dispatch({ name: "failed", t: state.t }),
    );
    return () => asking.abort();
  }, [kind, mediaId, state]);

  // An element tells that it failed, never why: the server does, asked with the same t.
  useEffect(() => {
    if (state.name !== "failed" || state.failure) return;
    const asking = new AbortController();
    fetch(mediaSrc(mediaId, state.t), { method: "HEAD", signal: asking.signal }).then(
      (answer) => {
        const failure = failureIn(answer);
        if (failure) dispatch({ name: "failed", t: state.t, failure });
      },
      () => {},
    );
    return () => asking.abort();
  }, [mediaId, state]);

  return {
    state,
    element,
    tap(event: MouseEvent) {
      // A new tab or window was asked for: the plain link does that.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0) return;
      event.preventDefault();
      // What was tapped goes: who came by keyboard stays at the file.
      event.currentTarget.closest<HTMLElement>(".media")?.focus({ preventScroll: true });
      dispatch({ name: "tapped", t: Math.max(Date.now(), t + 1) });
    },
    loaded: () => dispatch({ name: "loaded", t }),
    failed: () => dispatch({ name: "failed", t }),
  };
}

function initial(revealed: ServerReveal | undefined): State {
  if (!revealed) return { name: "tile" };
  const { t, failure } = revealed;
  return failure === null ? { name: "shown", t } : { name: "failed", t, failure };
}

/** An event of an earlier request changes nothing. */
function next(state: State, event: Event): State {
  if (event.name === "tapped") return { name: "loading", t: event.t };
  if (state.name === "tile" || state.t !== event.t) return state;
  switch (event.name) {
    case "loaded":
      return { name: "shown", t: event.t };
    case "failed":
      return { name: "failed", t: event.t, failure: event.failure ?? null };
  }
}

function failureIn(answer: Response): TileFailure | undefined {
  return noticeFor(answer.headers.get(FAILURE_HEADER));
}

function save(src: string): void {
  const link = document.createElement("a");
  link.href = src;
  link.download = "";
  link.click();
}
