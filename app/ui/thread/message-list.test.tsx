import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { messageResponse, PAGE, SENT_AT } from "#tests/support/message.tsx";
import { MessageList } from "./message-list.tsx";

afterEach(cleanup);

const HOUR = 3_600_000;
const later = (ms: number) => new Date(SENT_AT.getTime() + ms);
const photo = (id: number, fields: Partial<MessageResponse> = {}) =>
  messageResponse({ id, type: "image", mediaId: `1${id}`, mediaTint: "123", ...fields });

function list(messages: MessageResponse[], fields: Partial<typeof PAGE> = {}) {
  return render(<MessageList {...PAGE} {...fields} messages={messages} />).container;
}

describe("days", () => {
  const separators = (container: HTMLElement) =>
    [...container.querySelectorAll(".note time")].map((time) => [
      time.getAttribute("dateTime"),
      time.textContent,
    ]);

  it("stand before the first message of each, in the words of now", () => {
    const times = [-48 * HOUR, -24 * HOUR, -23 * HOUR, 0];
    const messages = times.map((ms, id) => messageResponse({ id, sentAt: later(ms) }));
    expect(separators(list(messages))).toEqual([
      ["2026-11-20", "20 November 2026"],
      ["2026-11-21", "Yesterday"],
      ["2026-11-22", "Today"],
    ]);
  });

  it("are those of the inbox's time zone, also where clocks change", () => {
    // In Berlin 25 October 2026 has 25 hours: 24 before its end is still the same day.
    const times = ["2026-10-23T22:30Z", "2026-10-24T22:30Z", "2026-10-25T22:30Z"];
    const messages = times.map((at, id) => messageResponse({ id, sentAt: new Date(at) }));
    const fields = { timeZone: "Europe/Berlin", now: Date.parse("2026-10-25T22:45Z") };
    expect(separators(list(messages, fields))).toEqual([
      ["2026-10-24", "Yesterday"],
      ["2026-10-25", "Today"],
    ]);
  });
});

describe("what nobody has dealt with", () => {
  it("begins below a line that says how much there is", () => {
    const messages = [1, 2, 3].map((id) => messageResponse({ id }));
    const container = list(messages, { unread: { firstId: 2, count: 7 } });
    const line = container.querySelector("#unread");
    expect(line?.textContent).toBe("7 unread messages");
    expect(line?.parentElement?.id).toBe("m-2");
  });

  it("has no line on a page where it doesn't begin", () => {
    const container = list([messageResponse()], { unread: { firstId: 99, count: 1 } });
    expect(container.querySelector("#unread")).toBeNull();
  });
});

describe("albums", () => {
  const ids = (container: HTMLElement) =>
    [...container.querySelectorAll(".album")].map((album) =>
      [...album.children].map(({ id }) => id),
    );

  it("put photos and videos of one minute into one bubble, each still a message of its own", () => {
    const reactions = [
      { emoji: "👍", from: [{ direction: "outbound", senderName: null }] },
    ] as const;
    const container = list([
      messageResponse({ id: 1 }),
      photo(2, { mediaCaption: "One" }),
      photo(3, { type: "video", mediaKind: "video", sentAt: later(30_000) }),
      photo(4, { sentAt: later(60_000), reactions: [...reactions] as never }),
      photo(5, { sentAt: later(60_001) }),
    ]);
    expect(ids(container)).toEqual([["m-2", "m-3", "m-4"]]);
    expect(screen.getAllByRole("article")).toHaveLength(3);
    const [first, second, third] = container.querySelectorAll<HTMLElement>(".album > li");
    if (!first || !second || !third) throw new Error("There is no album of three.");
    expect(within(first).getByRole("link", { name: /Photo.*Tap to view/ })).toBeTruthy();
    expect(first.textContent).toContain("One");
    expect(within(second).getByRole("link", { name: /Video/ })).toBeTruthy();
    expect(within(third).getByRole("list", { name: "Reactions" })).toBeTruthy();
    expect(within(third).getByRole("link", { name: "Reply" }).getAttribute("href")).toBe(
      "?reply=4#composer",
    );
  });

  it("keep what was revealed before they became albums", () => {
    const { container, rerender } = render(<MessageList {...PAGE} messages={[photo(1)]} />);
    expect(container.querySelector("#m-1")?.tagName).toBe("LI");
    fireEvent.click(screen.getByRole("link", { name: /Tap to view/ }));
    const revealed = container.querySelector("img");
    expect(revealed).not.toBeNull();

    rerender(<MessageList {...PAGE} messages={[photo(1), photo(2)]} />);
    expect(ids(container)).toEqual([["m-1", "m-2"]]);
    expect(container.querySelector("img")).toBe(revealed);
  });

  it.each<[string, MessageResponse[], Partial<typeof PAGE>?]>([
    ["another person", [photo(1, { senderName: "Ben" }), photo(2, { senderName: "Cid" })]],
    ["another side", [photo(1), photo(2, { direction: "outbound" })]],
    ["a message between them", [photo(1), messageResponse({ id: 2 }), photo(3)]],
    ["a day", [photo(1, { sentAt: later(-15 * HOUR) }), photo(2)]],
    ["an answer to something", [photo(1), photo(2, { quoted: { missing: true } })]],
    ["a file of another kind", [photo(1), photo(2, { mediaKind: "sticker" })]],
    ["one that was taken back", [photo(1), photo(2, { mediaKind: null, revokedAt: SENT_AT })]],
    ["one that was not sent", [photo(1), photo(2, { isLocal: true })]],
    ["one that can't be fetched", [photo(1), photo(2, { mediaId: null })]],
    ["the first unread message", [photo(1), photo(2)], { unread: { firstId: 2, count: 1 } }],
  ])("are parted by %s", (_, messages, fields) => {
    expect(ids(list(messages, fields))).toEqual([]);
  });
});
