import { sql } from "drizzle-orm";
import { rows } from "#db/raw-sql/rows.server.ts";
import { expressions } from "#db/raw-sql/selection.server.ts";
import type { NumberSelection } from "../inbox/conversation-list.server.ts";
import { unreadConversations } from "../inbox/unread-conversations.server.ts";
import { formatPosition, type ListPosition } from "../list-position.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type ContactHit, contactHits } from "./search-contacts.server.ts";
import { MESSAGE_HITS, type MessageHit, messageHits } from "./search-messages.server.ts";
import type { SearchWords } from "./search-words.ts";

export interface SearchPage {
  /** As ConversationPage's. */
  unread: number;
  /** The 10 whose conversation was active last; none but on the first page. */
  contacts: ContactHit[];
  /** The newest first, 30 a page. */
  messages: MessageHit[];
  /** The position to pass as `after` for older messages; null at the end. */
  next: string | null;
}

/**
 * Conversations by their contact's name or any part of its number, and messages by their words, in
 * one query. Whatever was typed, this doesn't fail but by what `isTimeout` knows.
 */
export async function searchInbox(
  { db, companyId }: CompanyScope,
  numbers: NumberSelection,
  words: SearchWords,
  after?: ListPosition,
): Promise<SearchPage> {
  const page = expressions({
    unread: unreadConversations(companyId, numbers.all),
    contacts: after ? NO_CONTACTS : contactHits(companyId, numbers.listed, words),
    messages: messageHits(companyId, numbers, words, after),
  });
  const [found] = await rows(db, page, sql`select ${page.list}`);
  const messages = found?.messages.slice(0, MESSAGE_HITS) ?? [];
  const last = (found?.messages.length ?? 0) > MESSAGE_HITS ? messages.at(-1) : undefined;
  return {
    unread: found?.unread ?? 0,
    contacts: (found?.contacts ?? []).map(({ micros, ...hit }) => ({
      ...hit,
      lastMessageAt: new Date(micros / 1000),
    })),
    messages: messages.map(({ micros, ...hit }) => ({ ...hit, sentAt: new Date(micros / 1000) })),
    next: last ? formatPosition(last) : null,
  };
}

const NO_CONTACTS: ReturnType<typeof contactHits> = sql`'[]'::json`;
