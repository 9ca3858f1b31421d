import { MOST_UNREAD } from "#app/models/inbox/most-unread.ts";

/** The route whose data has the number of unread conversations, for `useRouteLoaderData`. */
export const INBOX_ROUTE = "routes/inbox/conversations";

/** "7"; "99+" for more than the list counts. */
export function unreadTally(unread: number): string {
  return unread < MOST_UNREAD ? `${unread}` : `${MOST_UNREAD - 1}+`;
}

/**
 * The title of a page of the inbox: "(3) Ana · Tapview" while three conversations are unread.
 *
 * @param matches as `meta` gets them
 */
export function inboxTitle(
  matches: readonly { id: string; data: unknown }[],
  title: string,
): { title: string } {
  const data = matches.find(({ id }) => id === INBOX_ROUTE)?.data as
    | { unread?: number }
    | undefined;
  const tally = data?.unread ? `(${unreadTally(data.unread)}) ` : "";
  return { title: `${tally}${title} · Tapview` };
}
