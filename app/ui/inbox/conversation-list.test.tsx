import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { LastMessage } from "#app/models/inbox/conversation-list.server.ts";
import { ana, href, row, sales, showList, support, text } from "./testing/list.tsx";

afterEach(cleanup);

const showLast = (lastMessage: Partial<LastMessage>) =>
  showList({ conversations: [{ ...ana, lastMessage: { ...text, ...lastMessage } }] });

describe("a conversation of the list", () => {
  it("is one link with name, time and last line", () => {
    showList({ conversations: [ana] });
    expect(row().textContent).toBe("Ana 14:03 Hello  ");
    expect(href(/^Ana/)).toBe("/conversations/7");
    expect(row().querySelector("time")?.dateTime).toBe("2026-11-22T14:03Z");
  });

  it.each([
    [{ direction: "outbound" as const }, "You: Hello"],
    [{ senderName: "Ben" }, "Ben: Hello"],
    [{ type: "image", text: null }, "Photo"],
    [{ type: "image", text: "The view" }, "Photo · The view"],
    [{ type: "document", text: null, mediaFilename: "bill.pdf" }, "Document · bill.pdf"],
    [{ type: "audio", text: null, mediaVoice: true }, "Voice message"],
    [{ type: "location", text: null }, "Location"],
    [{ type: "contacts", text: null }, "Contact"],
    [{ type: "interactive", text: "Sea view" }, "Sea view"],
    [{ type: "request_welcome", text: null }, "Opened the chat"],
    [{ type: "unsupported", text: null }, "Unsupported message"],
    [{ type: "hologram", text: null }, "Unsupported message"],
    [{ revoked: true, type: "image" }, "This message was deleted by its sender."],
    [{ direction: "outbound" as const, status: "failed" }, "Not sent You: Hello"],
    [{ direction: "outbound" as const, status: "unconfirmed" }, "Not confirmed You: Hello"],
    [{ direction: "outbound" as const, status: "read" }, "You: Hello"],
    [{ status: "failed" }, "Hello"],
  ])("says of %j: %s", (message, words) => {
    showLast(message);
    expect(row().textContent?.replace(/\s+/g, " ").trim()).toBe(`Ana 14:03 ${words}`);
  });

  it.each(["failed", "unconfirmed"])("marks %s with a picture of its own", (status) => {
    showLast({ direction: "outbound", status });
    expect(row().querySelector(".icon")?.className).toBe(`icon icon-${status}`);
  });

  it("F64 keeps markup in a name and a last line inert", () => {
    const markup = "<img src=x onerror=alert(1)>";
    const message = { ...text, text: markup };
    const { container } = showList({
      conversations: [{ ...ana, contactName: markup, lastMessage: message }],
    });
    expect(container.querySelector("img")).toBeNull();
  });

  it("tells the number of unread messages also in words", () => {
    showList({ conversations: [{ ...ana, unreadCount: 120 }] });
    expect(row().textContent).toContain("99+ unread");
  });

  it("names our number only where there are several", () => {
    showList({ conversations: [ana] });
    expect(row().textContent).not.toContain("Support");
    cleanup();
    showList({ conversations: [ana], accounts: [support, sales] });
    expect(row().textContent).toContain("Support");
  });

  it("says which one is open", () => {
    showList({ conversations: [ana, { ...ana, id: 8, contactName: "Ben" }], current: 7 });
    expect(row().getAttribute("aria-current")).toBe("page");
    expect(screen.getByRole("link", { name: /Ben/ }).getAttribute("aria-current")).toBeNull();
  });
});
