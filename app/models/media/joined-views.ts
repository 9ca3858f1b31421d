import type { MediaView } from "./media-views.server.ts";

/**
 * Views of one tap become one, because one statement can't write a row twice. In the order of taps,
 * so that two processes that write the same ones don't wait for each other.
 */
export function joinViews(views: readonly MediaView[]): MediaView[] {
  const joined = new Map<unknown, MediaView>();
  for (const view of views) {
    const { userId, mediaId, tap } = view;
    const key = tap === null ? view : `${userId} ${mediaId} ${tap}`;
    const before = joined.get(key);
    joined.set(key, before ? join(before, view) : view);
  }
  return [...joined.values()].sort(byTap);
}

function byTap(a: MediaView, b: MediaView): number {
  if (a.tap === null || b.tap === null) return Number(a.tap !== null) - Number(b.tap !== null);
  return a.tap - b.tap || (a.mediaId < b.mediaId ? -1 : 1);
}

function join(before: MediaView, after: MediaView): MediaView {
  return {
    ...before,
    requests: before.requests + after.requests,
    bytes: before.bytes + after.bytes,
    outcome: before.outcome === "complete" ? before.outcome : after.outcome,
    seen: joinSeen(before.seen, after.seen),
    fileSize: after.fileSize ?? before.fileSize,
  };
}

/** What was saved stays so; what a page told counts more than what is only likely. */
function joinSeen(before: MediaView["seen"], after: MediaView["seen"]): MediaView["seen"] {
  if (before === "saved" || after === null) return before;
  return after === "likely" ? (before ?? after) : after;
}
