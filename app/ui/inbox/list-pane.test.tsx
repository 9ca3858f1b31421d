import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { ListPaneProps } from "./list-pane.tsx";
import { ana, href, sales, showList, support } from "./testing/list.tsx";

afterEach(cleanup);

describe("the list's links", () => {
  it("keep filter and page where they lead to a conversation", () => {
    showList({
      conversations: [ana],
      parameters: { account: 1, unread: true, page: "17-3" },
      next: "16-2",
    });
    expect(href(/^Ana/)).toBe("/conversations/7?account=1&unread=1&page=17-3");
    expect(href("More conversations")).toBe("/conversations?account=1&unread=1&page=16-2");
    expect(href("Newest")).toBe("/conversations?account=1&unread=1");
  });

  it("stay on the conversation that is open, where they change the list", () => {
    showList({ conversations: [ana], path: "/conversations/7", next: "16-2", unread: 2 });
    expect(href("More conversations")).toBe("/conversations/7?page=16-2");
    expect(href("Unread (2)")).toBe("/conversations/7?unread=1");
  });

  it("are no pages where all is on one", () => {
    showList({ conversations: [ana] });
    expect(screen.queryByRole("link", { name: /More|Newest/ })).toBeNull();
  });
});

describe("the filters", () => {
  it("are a form that any browser can send, which keeps what is unread", () => {
    showList({
      conversations: [ana],
      accounts: [support, sales],
      parameters: { unread: true, account: 2 },
    });
    const form = screen.getByRole("search") as HTMLFormElement;
    expect(form.getAttribute("method")).toBe("get");
    expect([...new FormData(form)]).toEqual([
      ["q", ""],
      ["account", "2"],
      ["unread", "1"],
    ]);
  });

  it("offer no choice of one number, and none at all without a number", () => {
    showList({ conversations: [ana] });
    expect(screen.queryByLabelText("Number")).toBeNull();
    cleanup();
    showList({ accounts: [] });
    expect(screen.queryByRole("search")).toBeNull();
  });
});

it("tells those who hear it that a search was given up, not that it found nothing", () => {
  const { container } = showList({ parameters: { q: "zoe" }, tookTooLong: true });
  const told = container.querySelector("[aria-live=polite]");
  expect(told?.textContent).toBe("The search was given up.");
});

describe("an empty list says why, and leads on", () => {
  it.each<[string, Partial<ListPaneProps>, string, string, string]>([
    ["inbox", {}, "No conversation yet", "Look again", "/conversations"],
    ["membership", { accounts: [] }, "not a member of any number", "Look again", "/conversations"],
    [
      "company",
      { accounts: [], role: "admin" },
      "no WhatsApp number here yet",
      "Look again",
      "/conversations",
    ],
    ["search", { parameters: { q: "zoe" } }, "“zoe”", "All conversations", "/conversations"],
    [
      "search of a number",
      { parameters: { q: "zoe", account: 1 } },
      "this number has “zoe”",
      "Search all numbers",
      "/conversations?q=zoe",
    ],
    [
      "result in time",
      { parameters: { q: "zoe", account: 1, page: "1-1" }, tookTooLong: true },
      "took too long",
      "All conversations",
      "/conversations?account=1",
    ],
    [
      "number",
      { parameters: { account: 1 } },
      "Nobody has written",
      "All numbers",
      "/conversations",
    ],
    [
      "unread list",
      { parameters: { unread: true } },
      "Nothing is unread",
      "All conversations",
      "/conversations",
    ],
    [
      "unread list of a number",
      { parameters: { unread: true, account: 1 } },
      "this number is unread",
      "All conversations",
      "/conversations?account=1",
    ],
    [
      "page",
      { parameters: { page: "1-1", q: "zoe" } },
      "nothing older",
      "Newest",
      "/conversations?q=zoe",
    ],
  ])("no %s", (_what, props, sentence, way, to) => {
    showList(props);
    expect(screen.getByText(new RegExp(sentence))).toBeTruthy();
    const ways = screen.getAllByRole("link", { name: way });
    expect(ways.at(-1)?.getAttribute("href")).toBe(to);
  });
});
