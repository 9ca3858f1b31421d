import { describe, expect, it } from "vitest";
import { listHref, readListParameters } from "./list-parameters.ts";

const read = (query: string) => readListParameters(new URLSearchParams(query));

describe("readListParameters", () => {
  it("reads a search, a number, what is unread, and a page", () => {
    expect(read("q= ana &account=7&page=17-3")).toEqual({
      q: "ana",
      account: 7,
      unread: false,
      page: "17-3",
    });
    expect(read("unread=1")).toMatchObject({ unread: true });
  });

  it("leaves out what can't be meant, and cuts a long search", () => {
    const nothing = { q: undefined, account: undefined, unread: false, page: undefined };
    for (const query of [
      "",
      "q=",
      "q=%00",
      "account=x&account=1",
      "account=-1",
      "unread=yes",
      "page=1",
    ]) {
      expect(read(query)).toEqual(nothing);
    }
    expect(read(`q=${"x".repeat(10_000)}`).q).toHaveLength(200);
  });

  it("searches in all, not in what is unread", () => {
    expect(read("q=ana&unread=1")).toMatchObject({ q: "ana", unread: false });
  });
});

describe("an address of the list", () => {
  it("keeps the list's parameters, and its own with their hash", () => {
    const search = new URLSearchParams("account=7&q=a%26b&reveal=3&page=17-3");
    expect(listHref("/conversations/9", readListParameters(search))).toBe(
      "/conversations/9?q=a%26b&account=7&page=17-3",
    );
    expect(listHref("?around=5#m-5", readListParameters(search))).toBe(
      "?around=5&q=a%26b&account=7&page=17-3#m-5",
    );
  });

  it("is as it was without any", () => {
    const search = new URLSearchParams("reveal=3");
    expect(listHref("/conversations/9#m-1", readListParameters(search))).toBe(
      "/conversations/9#m-1",
    );
    expect(listHref("/conversations", {})).toBe("/conversations");
  });
});
