import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addConversation, addInbox, addMessage } from "#tests/support/rows.server.ts";
import { parsePosition } from "../list-position.server.ts";
import { searchInbox } from "./search.server.ts";
import { searchWords } from "./search-words.ts";
import { daysLater, type Inbox, search } from "./testing/search.server.ts";

afterAll(closeDatabase);

describe("searching messages", () => {
  let inbox: Inbox;
  let id: number;
  beforeAll(async () => {
    inbox = await addInbox(db, { name: "Ana", waId: "15550100002" });
    const body = "Your order AB-1234 (no. 2026-118) goes to ana@post.test; it's a C:\\path, 100 %";
    ({ id } = await inbox.add({ body }));
    await inbox.add({ body: "order", type: "reaction", hidden: true });
    await inbox.add({
      type: "document",
      mediaCaption: "Rechnung",
      mediaFilename: "bill-march.pdf",
    });
  });

  it.each([
    ...[
      "order",
      "ORD",
      "goes order",
      "ab-1234",
      "AB-1234 order",
      "1234",
      "118",
      "2026-118",
      "ana@post.test",
    ],
    ...["ana@pos", '"goes to"', "order -bill", "order or bill-april", "it's", "order \u0000 goes"],
  ])("finds one by %j", async (typed) => {
    const { messages } = await search(inbox, typed);
    expect(messages).toMatchObject([{ id, conversationId: inbox.conversation.id, type: "text" }]);
  });

  it("finds a file by its caption and its name", async () => {
    for (const typed of ["rechn", "bill-march.pdf", "bill-mar"]) {
      expect((await search(inbox, typed)).messages).toMatchObject([{ type: "document" }]);
    }
  });

  it.each(["or", "-order", '"to goes"', "orders", "der", "ord -goes", "re", "april"])(
    "finds none by %j",
    async (typed) => {
      expect((await search(inbox, typed)).messages).toEqual([]);
    },
  );

  it("gives the words around what was found, marked", async () => {
    const words = Array.from({ length: 200 }, (_, i) => `word${i}`).join(" ");
    await inbox.add({ body: `${words} needle ${words}` });
    const [hit] = (await search(inbox, "needle")).messages;
    expect(hit?.snippet).toContain("\u0002needle\u0003");
    expect(hit?.snippet.length).toBeLessThan(300);
  });

  it.each([
    ...[
      '"',
      "''",
      "\\",
      "'\\",
      "a:* & !b | (",
      "<->",
      "a <-> b",
      "a<2>b",
      "!",
      "!!",
      "* ",
      "-",
      '-"',
    ],
    ...["or", "or or", "and", '"a" "', "👍", "ﷺ", "%_", "\ud800", "'; drop table messages; --"],
    ...[
      "x".repeat(10_000),
      "x ".repeat(5_000),
      "-".repeat(10_000),
      '"'.repeat(999),
      "a-".repeat(99),
    ],
    ...[
      "$1",
      ":*",
      "a:*",
      "a\\",
      "it''s",
      "week 2938",
      "company 1",
      "'company 1'",
      "0".repeat(300),
    ],
  ])("does not fail at %j", async (typed) => {
    const { contacts, messages } = await search(inbox, typed);
    expect(contacts.length + messages.length).toBeLessThanOrEqual(1);
  });

  it("does not fail at any mixture of operators", async () => {
    const { scope, account } = inbox;
    const numbers = { all: [account.id], listed: [account.id], isWholeCompany: true };
    const operators = fc.constantFrom(...`-"'\\ :*&|!()<>ab1@.%`, " or ", " -", '-"');
    const typed = fc.array(operators, { maxLength: 80 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        const words = searchWords(text);
        if (words) await searchInbox(scope, numbers, words);
      }),
      { numRuns: 100 },
    );
  });

  it.each(["1970-01-02", "2008-06-01", "2026-05-01"])(
    "finds what was sent on %s, among newer messages and where it is the newest",
    async (day) => {
      const sentAt = new Date(day);
      const { scope, account } = await addInbox(db);
      const conversation = await addConversation(scope, account, { lastMessageAt: sentAt });
      const { id } = await addMessage(scope, conversation, { body: "needle", sentAt });
      expect((await search({ scope, account }, "need")).messages).toMatchObject([{ id }]);
      await addConversation(scope, account, { lastMessageAt: daysLater(30) });
      expect((await search({ scope, account }, "need")).messages).toMatchObject([{ id }]);
    },
  );

  it.each(["w".repeat(2_045), "\u{1d4b3}".repeat(500), "w".repeat(15_000)])(
    "loses no message to a very long word: %#",
    async (word) => {
      const { scope, account, add } = await addInbox(db);
      const { id } = await add({ body: `${word} beside` });
      expect((await search({ scope, account }, "beside")).messages).toMatchObject([{ id }]);
    },
  );

  it("finds the newest first, 30 a page, each once, through weeks and years", async () => {
    const { scope, account, conversation } = await addInbox(db);
    const added: number[] = [];
    const days = [
      0, 0, 0, 1, 6, 7, 8, 13, 14, 27, 29, 34, 36, 60, 139, 141, 147, 400, 587, 589, 595,
    ];
    for (const age of [...days, ...days, ...days].sort((a, b) => b - a).concat(700, 4000)) {
      const sentAt = daysLater(-age);
      added.push((await addMessage(scope, conversation, { body: "needle", sentAt })).id);
    }
    const ordered = [...added.slice(0, -2).reverse(), ...added.slice(-2)];
    const numbers = { all: [account.id], listed: [account.id], isWholeCompany: false };
    const found: number[][] = [];
    for (let next: string | null = ""; next !== null; ) {
      const words = searchWords("needle");
      if (!words) throw new Error("Nothing was typed.");
      const page = await searchInbox(scope, numbers, words, parsePosition(next));
      found.push(page.messages.map(({ id }) => id));
      next = page.next;
    }
    expect(found.map(({ length }) => length)).toEqual([30, 30, 5]);
    expect(found.flat()).toEqual(ordered);
  });
});
