/** Addresses of a file. `t` makes each tap a request of its own: stamped when rendered, never copied from a request. */

/** The bytes. */
export function mediaSrc(mediaId: string, t: number): string {
  return `/media/${mediaId}?t=${t}`;
}

/** A small page that shows the file, for the frame. */
export function viewHref(mediaId: string, t: number): string {
  return `/media/${mediaId}/view?t=${t}`;
}

/** The conversation with this message's file shown in it. Relative to the conversation's page. */
export function revealHref(messageId: number, t: number, before?: number): string {
  const page = before === undefined ? "" : `before=${before}&`;
  return `?${page}reveal=${messageId}&t=${t}#m-${messageId}`;
}
