import { listConversations } from "#app/models/inbox/conversation-list.server.ts";
import { findConversation } from "#app/models/inbox/conversations.server.ts";
import { markRead } from "#app/models/inbox/read-marks.server.ts";
import { listUnopenedFiles } from "#app/models/inbox/unopened-files.server.ts";
import { countUnread } from "#app/models/inbox/unread-conversations.server.ts";
import { messageRows } from "#app/models/messages/message-page.server.ts";
import { listMessages } from "#app/models/messages/messages.server.ts";
import { searchInbox } from "#app/models/search/search.server.ts";
import { searchWords } from "#app/models/search/search-words.ts";
import { each, type Scenario, type World } from "./scenario.ts";
import { hoursAgo, NOW, OWN_MESSAGE } from "./sides.ts";

const ALL = [1, 2, 3];
const places = ({ ids: [, own, foreign] }: World) => [1, 2, 3, 4, 5, own, foreign];
const selections = ({ ids: [, own, foreign] }: World) => [
  { all: [...ALL, own], listed: [...ALL, own], isWholeCompany: true },
  { all: ALL, listed: ALL, isWholeCompany: false },
  { all: [...ALL, own], listed: [foreign], isWholeCompany: false },
];
const MIDDLE = { micros: hoursAgo(33).getTime() * 1000, id: 0 };
const WORDS = ["words", "customer", "155501", "0002", "+1 555 010 004", '"words 1"'];

export const conversations: Record<string, Scenario> = {
  listConversations: (world) =>
    each(world, selections(world), async (scope, numbers) => [
      await listConversations(scope, numbers),
      await listConversations(scope, numbers, { unreadOnly: true }),
      await listConversations(scope, numbers, { after: MIDDLE }),
    ]),
  findConversation: (world) =>
    each(
      world,
      places(world).flatMap((id) => [
        { id, user: 1 },
        { id, user: 2 },
      ]),
      (scope, { id, user }) =>
        findConversation(scope, { id: user, role: user === 1 ? "admin" : "agent" }, id),
    ),
  countUnread: (world) => each(world, [ALL, world.ids], countUnread),
  markRead: (world) => each(world, places(world), (scope, id) => markRead(scope, id, 1_000_000)),
  listUnopenedFiles: (world) => {
    const [, own, foreign] = world.ids;
    const files = [undefined, 3, 19, own + OWN_MESSAGE + 100, foreign + OWN_MESSAGE + 100];
    return each(world, files, (scope, messageId) => {
      const after = messageId === undefined ? undefined : { messageId, position: 0 };
      return listUnopenedFiles(scope, { accountIds: [...ALL, own, foreign], after, now: NOW });
    });
  },
  searchInbox: async (world) => {
    const answers: unknown[] = [];
    for (const numbers of selections(world)) {
      const find = async (scope: World["scope"], typed: string) => {
        const words = searchWords(typed);
        return words && searchInbox(scope, numbers, words);
      };
      answers.push(await each(world, WORDS, find));
    }
    return answers;
  },
  listMessages: (world) =>
    each(world, places(world), async (scope, id) => [
      await listMessages(scope, id),
      await listMessages(scope, id, { name: "before", messageId: 3 }),
      await listMessages(scope, id, { name: "after", messageId: 10 }),
    ]),
  messageRows: (world) => {
    const anchors = [10, 25].map((messageId) => ({
      ...{ messageId, older: 1, newer: 1, side: "newer" as const, unlessNewest: true },
    }));
    return each(world, places(world), async (scope, conversationId) => {
      const answers: unknown[] = [];
      for (const anchor of [null, ...anchors]) {
        answers.push(await messageRows(scope, { conversationId, anchor, newest: 2 }));
      }
      return answers;
    });
  },
};
