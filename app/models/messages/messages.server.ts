import type { CompanyScope } from "../scope.server.ts";
import { type Lines, messageRows, type PageRow } from "./message-page.server.ts";
import type { MessageResponse } from "./message-response.ts";
import { toMessageResponse } from "./message-row.server.ts";

const PAGE_LENGTH = 50;
/** What stands above the first unread message, so that it can be understood. */
const READ_LINES = 5;

/** Which page of a conversation: by one of its messages, or the newest. */
export type PagePlace =
  | { name: "newest" }
  /** `unread`: from a few lines before it, or the newest page where it is on that. */
  | { name: "before" | "after" | "around" | "unread"; messageId: number };

export interface MessagePage {
  /** Oldest first. */
  messages: MessageResponse[];
  /** The message to ask for what is `before`; null at the beginning. */
  older: number | null;
  /** The message to ask for what is `after`; null at the end. */
  newer: number | null;
}

/**
 * One page of a conversation, some 50 messages, each with its sender, what it quotes, its reactions
 * and how far it got. Quotes and reactions are looked for in the whole account, because one person
 * may have two conversations there: WhatsApp doesn't always tell that two ids are the same person's.
 *
 * @param place the newest page is given in the place of a message that is no line of the conversation
 */
export async function listMessages(
  scope: CompanyScope,
  conversationId: number,
  place: PagePlace = { name: "newest" },
): Promise<MessagePage> {
  const anchor = anchorOf(place);
  const rows = await messageRows(scope, { conversationId, anchor, newest: PAGE_LENGTH });
  return cut(rows, anchor ?? { older: 0, newer: 0 });
}

function anchorOf(place: PagePlace): Lines["anchor"] {
  if (place.name === "newest") return null;
  const { messageId } = place;
  const rest = { messageId, side: "newer", unlessNewest: false } as const;
  switch (place.name) {
    case "before":
      return { ...rest, older: PAGE_LENGTH, newer: 0 };
    case "after":
      return { ...rest, older: 0, newer: PAGE_LENGTH, side: "older" };
    case "around":
      return { ...rest, older: PAGE_LENGTH / 2, newer: PAGE_LENGTH / 2 };
    case "unread":
      return { ...rest, older: READ_LINES, newer: PAGE_LENGTH - READ_LINES, unlessNewest: true };
  }
}

/** Each part came with one row more than is shown, where there are more. */
function cut(rows: PageRow[], wanted: { older: number; newer: number }): MessagePage {
  const older = rows.filter(({ part }) => part !== "newer");
  const newer = rows.filter(({ part }) => part === "newer");
  const olderLength = rows.some(({ part }) => part === "newest") ? PAGE_LENGTH : wanted.older;
  const page = [
    ...older.slice(Math.max(0, older.length - olderLength)),
    ...newer.slice(0, wanted.newer),
  ];
  return {
    messages: page.map(toMessageResponse),
    older: older.length > olderLength ? (page[0]?.id ?? null) : null,
    newer: newer.length > wanted.newer ? (page.at(-1)?.id ?? null) : null,
  };
}
