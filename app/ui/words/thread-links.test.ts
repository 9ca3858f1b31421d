import { describe, expect, it } from "vitest";
import { placeIn, threadLinks } from "./thread-links.ts";

it("links in a frame of a conversation's page lead out of the frame, to the conversation", () => {
  const links = threadLinks({ pathname: "/conversations/3", search: "" }, true);
  expect(links.reveal(5, 12)).toBe("/conversations/3?reveal=5&t=12#m-5");
  expect(links.reply(5)).toBe("/conversations/3?reply=5#composer");
  expect(links).toMatchObject({ post: "/conversations/3", target: "_top" });
});

describe("links of a conversation", () => {
  const pathname = "/conversations/3";
  const search =
    "?q=caf%C3%A9+%26+bar&account=2&page=17-3&around=9&reveal=8&file=71&t=1&reply=7&ask=1";
  const links = threadLinks({ pathname, search });
  const list = "q=caf%C3%A9+%26+bar&account=2&page=17-3&";

  it("keep what the list shows, and nothing of a tap or a draft", () => {
    expect(links.older(5)).toBe(`?${list}before=5`);
    expect(links.newer(5)).toBe(`?${list}after=5#older`);
    expect(links.newest).toBe(`?${list}newest=1`);
    expect(links.around(5)).toBe(`?${list}around=5#m-5`);
    expect(links.list).toBe(`/conversations?${list.slice(0, -1)}`);
  });

  it("stay on the page of the conversation where they belong to a message of it", () => {
    expect(links.reveal(5, 12)).toBe(`?${list}around=9&reveal=5&t=12#m-5`);
    expect(links.reveal(5, 12, { mediaId: "71", position: 2 })).toBe(
      `?${list}around=9&reveal=5&file=71&t=12#m-5-2`,
    );
    expect(links.reply(5)).toBe(`?${list}around=9&reply=5#composer`);
    expect(links.askAgain(5)).toBe(`?${list}around=9&reply=5&ask=1#composer`);
  });

  it("lead from the sign-in page back to where it was asked for", () => {
    const back = new URL(links.signIn, "http://inbox.test").searchParams.get("redirectTo");
    expect(back).toBe(pathname + search);
  });

  it("are short on the newest page of an unfiltered list", () => {
    const plain = threadLinks({ pathname, search: "" });
    expect(plain.reply(5)).toBe("?reply=5#composer");
    expect(plain.list).toBe("/conversations");
  });
});

describe("the page that an address asks for", () => {
  it.each([
    ["", null, { name: "newest" }],
    ["", 4, { name: "unread", messageId: 4 }],
    ["newest=1", 4, { name: "newest" }],
    ["before=7", 4, { name: "before", messageId: 7 }],
    ["after=7", null, { name: "after", messageId: 7 }],
    ["around=7&newest=1", 4, { name: "around", messageId: 7 }],
    ["around=-7&before=x&after=", null, { name: "newest" }],
  ])("%s, the first unread message being %s", (search, firstUnreadId, place) => {
    expect(placeIn(new URLSearchParams(search), firstUnreadId)).toEqual(place);
  });
});
