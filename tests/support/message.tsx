import { render, screen } from "@testing-library/react";
import { mediaKindOf } from "#app/models/message-kind.ts";
import { messageDetails } from "#app/models/messages/message-details.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { MessageList, type MessageListProps } from "#app/ui/thread/message-list.tsx";
import { threadLinks } from "#app/ui/words/thread-links.ts";

export const SENT_AT = new Date(Date.UTC(2026, 10, 22, 14, 3));

/** For tests: a text of the customer's unless the fields say otherwise. */
export function messageResponse(fields: Partial<MessageResponse> = {}): MessageResponse {
  const type = fields.type ?? "text";
  return {
    id: 7,
    direction: "inbound",
    senderName: null,
    type,
    body: type === "text" ? "Hello" : null,
    sentAt: SENT_AT,
    unread: false,
    sentByName: null,
    isLocal: false,
    forwarded: null,
    editedAt: null,
    revokedAt: null,
    problem: null,
    details: null,
    referral: null,
    quoted: null,
    reactions: [],
    delivery: null,
    mediaKind: mediaKindOf(type),
    mediaId: null,
    mediaCaption: null,
    mediaFilename: null,
    mediaVoice: false,
    mediaSize: null,
    mediaTint: mediaKindOf(type) && "000",
    mediaExpiresAt: null,
    ...fields,
  };
}

/** What a list of messages has beside them. */
export const PAGE: Omit<MessageListProps, "messages"> = {
  contactName: "Ana",
  now: SENT_AT.getTime(),
  timeZone: "UTC",
  links: threadLinks({ pathname: "/conversations/1", search: "" }),
  reveal: null,
  unread: null,
};

export function show(...messages: Partial<MessageResponse>[]) {
  return render(<MessageList {...PAGE} messages={messages.map(messageResponse)} />);
}

/** Shows a message of a type, as its payload came from the phone. */
export function showType(type: string, payload?: unknown) {
  return show({ type, details: messageDetails(type, payload) });
}

/** The one bubble. */
export const bubble = () => screen.getByRole("article");

/** Where what it says leads. */
export const links = () =>
  screen
    .queryAllByRole("link")
    .filter(({ className }) => className !== "reply")
    .map((link) => link.getAttribute("href"));
