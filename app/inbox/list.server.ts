import type { Viewer } from "#app/auth/viewer.server.ts";
import { isTimeout } from "#app/models/database-errors.server.ts";
import {
  listConversations,
  type NumberSelection,
} from "#app/models/inbox/conversation-list.server.ts";
import { countUnread } from "#app/models/inbox/unread-conversations.server.ts";
import { type ListPosition, parsePosition } from "#app/models/list-position.server.ts";
import { searchInbox } from "#app/models/search/search.server.ts";
import { type SearchWords, searchWords } from "#app/models/search/search-words.ts";
import { log } from "#app/process/log.server.ts";
import { type ListParameters, readListParameters } from "./list-parameters.ts";

/**
 * What an address asks the list for. A number out of reach, such as one that the viewer was a member
 * of, doesn't count.
 */
export function listParameters(query: URLSearchParams, { accounts }: Viewer): ListParameters {
  const parameters = readListParameters(query);
  const account = accounts.find(({ id }) => id === parameters.account)?.id;
  return { ...parameters, account };
}

/**
 * A page of the conversations that a viewer reaches, or of what a search finds in them.
 *
 * @returns `tookTooLong`: the database gave the search up, and nothing was found
 */
export async function loadList(viewer: Viewer, { q, account, unread, page }: ListParameters) {
  const numbers = selectNumbers(viewer, account);
  const after = parsePosition(page ?? null);
  const words = q && searchWords(q);
  const list = words
    ? await search(viewer, numbers, words, after)
    : await listConversations(viewer.scope, numbers, { unreadOnly: unread, after });
  return { ...NOTHING, ...list };
}

const NOTHING = {
  conversations: [],
  contacts: [],
  messages: [],
  next: null,
  tookTooLong: false,
};

/** One that takes the database too long costs its results, not the page. */
async function search(
  { scope }: Viewer,
  numbers: NumberSelection,
  words: SearchWords,
  after?: ListPosition,
) {
  try {
    return await searchInbox(scope, numbers, words, after);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    const { companyId } = scope;
    log.warn({ event: "search.timed_out", companyId, characters: words.text.length });
    return { unread: await countUnread(scope, numbers.all), tookTooLong: true };
  }
}

function selectNumbers({ accounts, role }: Viewer, account: number | undefined): NumberSelection {
  const all = accounts.map(({ id }) => id);
  return {
    all,
    listed: account ? [account] : all,
    isWholeCompany: role === "admin" && !account,
  };
}
