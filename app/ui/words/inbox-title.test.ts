import { expect, it } from "vitest";
import { INBOX_ROUTE, inboxTitle, unreadTally } from "./inbox-title.ts";

const titleWith = (data: unknown) =>
  inboxTitle(
    [
      { id: "root", data: null },
      { id: INBOX_ROUTE, data },
    ],
    "Ana",
  ).title;

it("begins a title with the number of unread conversations, if there are any", () => {
  expect(titleWith({ unread: 3 })).toBe("(3) Ana · Tapview");
  expect(titleWith({ unread: 100 })).toBe("(99+) Ana · Tapview");
  expect(titleWith({ unread: 0 })).toBe("Ana · Tapview");
});

it("leaves a title alone where the list couldn't be loaded", () => {
  expect(titleWith(undefined)).toBe("Ana · Tapview");
  expect(inboxTitle([], "Ana").title).toBe("Ana · Tapview");
});

it("counts to 99", () => {
  expect([1, 99, 100, 5000].map(unreadTally)).toEqual(["1", "99", "99+", "99+"]);
});
