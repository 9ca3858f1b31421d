import { screen } from "@testing-library/react";
import type {
  LastMessage,
  ListedConversation,
} from "#app/models/inbox/conversation-list.server.ts";
import type { ContactHit } from "#app/models/search/search-contacts.server.ts";
import type { MessageHit } from "#app/models/search/search-messages.server.ts";
import { renderOnPage } from "#tests/support/render-on-page.tsx";
import { ListPane, type ListPaneProps } from "../list-pane.tsx";

const NOW = new Date(Date.UTC(2026, 10, 22, 15, 0));
const AT = new Date(Date.UTC(2026, 10, 22, 14, 3));
export const support = { id: 1, name: "Support" };
export const sales = { id: 2, name: "Sales" };

export const text: LastMessage = {
  direction: "inbound",
  senderName: null,
  type: "text",
  text: "Hello",
  mediaVoice: false,
  mediaFilename: null,
  revoked: false,
  status: null,
};
export const ana: ListedConversation = {
  id: 7,
  accountId: 1,
  contactName: "Ana",
  unreadCount: 0,
  lastMessageAt: AT,
  lastMessage: text,
};
export const contactHit: ContactHit = {
  id: 7,
  accountId: 1,
  contactName: "Ana",
  waId: "15550100001",
  unreadCount: 0,
  lastMessageAt: AT,
};
export const messageHit: MessageHit = {
  id: 31,
  conversationId: 7,
  accountId: 1,
  contactName: "Ana",
  direction: "inbound",
  senderName: null,
  type: "text",
  mediaVoice: false,
  snippet: "the \u0002view\u0003 from",
  sentAt: AT,
};

/** For tests: the list, of a page of an agent of one number unless the props say otherwise. */
export function showList(props: Partial<ListPaneProps> = {}) {
  const accounts = props.accounts ?? [support];
  const names = accounts.length > 1 ? new Map(accounts.map(({ id, name }) => [id, name])) : null;
  const pane: ListPaneProps = {
    parameters: {},
    role: "agent",
    accounts,
    accountNames: names,
    unread: 0,
    conversations: [],
    contacts: [],
    messages: [],
    next: null,
    tookTooLong: false,
    path: "/conversations",
    current: undefined,
    now: NOW,
    timeZone: "UTC",
    ...props,
  };
  return renderOnPage(<ListPane {...pane} />);
}

/** The first conversation's, or the one hit's. */
export const row = () => screen.getByRole("link", { name: /^Ana/ });
export const href = (name: string | RegExp) =>
  screen.getByRole("link", { name }).getAttribute("href");
