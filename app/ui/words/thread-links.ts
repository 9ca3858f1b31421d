import { listHref, readListParameters } from "#app/inbox/list-parameters.ts";
import { LARGE, SAVE } from "#app/media/file/request-marks.ts";
import type { PagePlace } from "#app/models/messages/messages.server.ts";
import { numericId } from "#app/models/numeric-id.ts";

const PLACES = ["before", "after", "around"] as const;

/** Addresses of a conversation's page, relative to it. */
export interface ThreadLinks {
  older(firstId: number): string;
  newer(lastId: number): string;
  newest: string;
  /** A message, wherever it is in the conversation. */
  around(messageId: number): string;
  /**
   * This page with a message's file shown in it.
   *
   * @param t makes each tap a request of its own: stamped when rendered, never copied from a request
   * @param file which of the files of a form; left out: the message's own
   */
  reveal(messageId: number, t: number, file?: { mediaId: string; position: number }): string;
  /** The same, wherever the message is in the conversation. */
  revealAround(messageId: number, t: number): string;
  /** This page with all pictures of the album shown that a message is in. */
  showAll(messageId: number): string;
  /** The message whose album this page shows; null where it shows none. */
  shownAlbum: number | null;
  /** This page with a message quoted in the composer. */
  reply(messageId: number): string;
  /** The same, with words that ask for its file again. */
  askAgain(messageId: number): string;
  /** The list without a conversation. */
  list: string;
  /** Leads back here. */
  signIn: string;
  /** Tells pages of a conversation apart. */
  place: string;
  /** Where its forms post to; undefined for the page's own address. */
  post: string | undefined;
  /** Of links and forms that lead to another page of the conversation. */
  target: "_top" | undefined;
}

/**
 * @param here the address of the conversation's page
 * @param isFramed for a document in a frame of that page, whose links lead out of the frame
 */
export function threadLinks(
  here: { pathname: string; search: string },
  isFramed = false,
): ThreadLinks {
  const from = isFramed ? here.pathname : "";
  const search = new URLSearchParams(here.search);
  // The list of conversations beside this one stays as it is.
  const list = listHref("", readListParameters(search)).replace(/^\?(.*)$/s, "$1&");
  const place = kept(search, [...PLACES, "newest"]);
  const page = list + place;
  return {
    older: (id) => `${from}?${list}before=${id}`,
    newer: (id) => `${from}?${list}after=${id}#older`,
    newest: `${from}?${list}newest=1`,
    around: (id) => `${from}?${list}around=${id}#m-${id}`,
    reveal: (id, t, file) =>
      file
        ? `${from}?${page}reveal=${id}&file=${file.mediaId}&t=${t}#${formFileId(id, file.position)}`
        : `${from}?${page}reveal=${id}&t=${t}#m-${id}`,
    revealAround: (id, t) => `${from}?${list}around=${id}&reveal=${id}&t=${t}#m-${id}`,
    showAll: (id) => `${from}?${page}show-all=${id}#m-${id}`,
    shownAlbum: numericId(search.get("show-all")) ?? null,
    reply: (id) => `${from}?${page}reply=${id}#composer`,
    askAgain: (id) => `${from}?${page}reply=${id}&ask=1#composer`,
    list: listHref("/conversations", readListParameters(search)),
    place,
    post: isFramed ? here.pathname : undefined,
    target: isFramed ? "_top" : undefined,
    signIn: `/login?${new URLSearchParams({ redirectTo: here.pathname + here.search })}`,
  };
}

/** @returns each with its "&" */
function kept(search: URLSearchParams, names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const value = search.get(name);
      return value ? `${new URLSearchParams({ [name]: value })}&` : [];
    })
    .join("");
}

/** What finds a form's file on a page. */
export function formFileId(messageId: number, position: number): string {
  return `m-${messageId}-${position}`;
}

/** A file's bytes. @param t makes each tap a request of its own, as in `reveal` */
export function mediaSrc(mediaId: string, t: number): string {
  return `/media/${mediaId}?t=${t}`;
}

/** A file's bytes, to be kept. */
export function saveHref(mediaId: string, t: number): string {
  return `${mediaSrc(mediaId, t)}&${SAVE}`;
}

/** A small page that shows a file, for a frame. @param t the same */
export function viewHref(mediaId: string, t: number): string {
  return `/media/${mediaId}/view?t=${t}`;
}

/** The same on a page of its own, a picture as large as the window. */
export function largeHref(mediaId: string, t: number): string {
  return `${viewHref(mediaId, t)}&${LARGE}`;
}

/**
 * Which page of a conversation an address asks for: without a word about it, the first unread
 * message's, as long as there is one.
 */
export function placeIn(search: URLSearchParams, firstUnreadId: number | null): PagePlace {
  for (const name of PLACES) {
    const messageId = numericId(search.get(name));
    if (messageId) return { name, messageId };
  }
  if (firstUnreadId === null || search.has("newest")) return { name: "newest" };
  return { name: "unread", messageId: firstUnreadId };
}
