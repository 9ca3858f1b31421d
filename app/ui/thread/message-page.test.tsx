import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { messageResponse, PAGE } from "#tests/support/message.tsx";
import { ConversationHeader } from "./conversation-header.tsx";
import { MessagePage, type MessagePageProps } from "./message-page.tsx";

afterEach(cleanup);

const page = (fields: Partial<MessagePageProps> = {}) =>
  render(
    <MessagePage {...PAGE} messages={[messageResponse()]} older={null} newer={null} {...fields} />,
  );
const links = () =>
  screen
    .getAllByRole("link")
    .filter(({ className }) => className === "quiet")
    .map((link) => [link.textContent, link.getAttribute("href")]);

it("can be scrolled by keyboard, and says what it is", () => {
  page();
  expect(screen.getByRole("region", { name: "Messages" }).tabIndex).toBe(0);
  expect(screen.queryByRole("link", { name: /messages|Newest/ })).toBeNull();
});

it("leads to the pages on both sides of it", () => {
  page({ older: 3, newer: 52 });
  expect(links()).toEqual([
    ["Older messages", "?before=3"],
    ["Newer messages", "?after=52#older"],
    ["Newest", "?newest=1"],
  ]);
});

it("leads on from where there is nothing", () => {
  page({ messages: [] });
  expect(screen.getByText("There are no messages here.")).toBeTruthy();
  expect(links()).toEqual([["Newest", "?newest=1"]]);
});

const conversation = {
  id: 1,
  accountId: 2,
  accountName: "Support",
  phoneNumberId: "106540352242922",
  contactName: "Ana",
  contactNumber: "+15550104710",
  contactKind: "person",
  unreadCount: 2,
  firstUnreadId: 5,
  lastInboundAt: null,
} as const;

it("says above it whom it is with, and takes that all of it has been read", () => {
  render(<ConversationHeader conversation={conversation} listHref="/conversations" through={9} />);
  expect(screen.getByRole("banner").textContent).toContain("Ana+15550104710 · Support");
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Mark as read" });
  const posted = new FormData(button.form ?? undefined, button);
  expect(Object.fromEntries(posted)).toEqual({ through: "9", intent: "read" });
});

it("names a contact who is known by a number once, and has nothing to mark where all is read", () => {
  const known = { ...conversation, contactName: "+15550104710", unreadCount: 0 };
  render(<ConversationHeader conversation={known} listHref="/conversations" through={9} />);
  expect(screen.getByRole("banner").textContent).toContain("+15550104710Support");
  expect(screen.queryByRole("button")).toBeNull();
});
