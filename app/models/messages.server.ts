import { messageRows } from "./message-page.server.ts";
import type { MessageResponse } from "./message-response.ts";
import { toMessageResponse } from "./message-row.server.ts";
import type { CompanyScope } from "./scope.server.ts";

const PAGE_LENGTH = 50;

export interface MessagePage {
  /** Oldest first. */
  messages: MessageResponse[];
  /** The id to pass as `before` for the page of older messages; null at the beginning. */
  older: number | null;
}

/**
 * One page of a conversation, the newest 50 messages, or the 50 before a given one, each with its
 * sender, what it quotes, its reactions and how far it got. Quotes and reactions are looked for in
 * the whole account, because one person may have two conversations there: WhatsApp doesn't always
 * tell that two ids are the same person's.
 *
 * @param before a message of the same conversation
 */
export async function listMessages(
  scope: CompanyScope,
  conversationId: number,
  before?: number,
): Promise<MessagePage> {
  // One more than the page is long tells whether there is an older page.
  const rows = await messageRows(scope, { conversationId, before, limit: PAGE_LENGTH + 1 });
  const page = rows.slice(0, PAGE_LENGTH).reverse();
  return {
    messages: page.map(toMessageResponse),
    older: rows.length > PAGE_LENGTH ? (page[0]?.message.id ?? null) : null,
  };
}
