/** Addresses of a file. `t` makes each tap a request of its own: stamped when rendered, never copied from a request. */

/** The bytes. */
export function mediaSrc(mediaId: string, t: number): string {
  return `/media/${mediaId}?t=${t}`;
}

/** A small page that shows the file, for the frame. */
export function viewHref(mediaId: string, t: number): string {
  return `/media/${mediaId}/view?t=${t}`;
}
