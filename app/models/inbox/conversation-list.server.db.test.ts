import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addInbox,
  addMessage,
  addStatus,
} from "#tests/support/rows.server.ts";
import { parsePosition } from "../list-position.server.ts";
import { SENDING, SENDING_OVERDUE_MS, UNCONFIRMED } from "../outgoing/outgoing-status.ts";
import { listConversations } from "./conversation-list.server.ts";
import { MOST_UNREAD } from "./most-unread.ts";

afterAll(closeDatabase);

const minute = (minutes: number) => new Date(Date.UTC(2026, 4, 1, 12, minutes));
const ids = (list: { id: number }[]) => list.map(({ id }) => id);
const within = (...accounts: { id: number }[]) => ({
  all: ids(accounts),
  listed: ids(accounts),
  isWholeCompany: false,
});

/** A company with two numbers, one conversation each, the second's later. */
async function setUp() {
  const scope = await addCompany(db);
  const support = await addAccount(scope);
  const sales = await addAccount(scope);
  const first = await addConversation(scope, support, { lastMessageAt: minute(1) });
  const second = await addConversation(scope, sales, { lastMessageAt: minute(2) });
  return { scope, support, sales, first, second };
}

describe("listConversations", () => {
  it("lists those of the numbers asked for, the latest active first", async () => {
    const { scope, support, sales, first, second } = await setUp();
    const list = async (numbers: Parameters<typeof listConversations>[1]) =>
      ids((await listConversations(scope, numbers)).conversations);
    const both = within(support, sales);
    expect(await list(both)).toEqual([second.id, first.id]);
    expect(await list({ ...both, isWholeCompany: true })).toEqual([second.id, first.id]);
    expect(await list(within(support))).toEqual([first.id]);
    expect(await list(within())).toEqual([]);
  });

  it("F89 lists and counts nothing of another company, even where its numbers are asked for", async () => {
    const { scope, support, sales } = await setUp();
    const stranger = await addCompany(db);
    await addConversation(scope, support, { unreadCount: 1 });
    for (const isWholeCompany of [true, false]) {
      const numbers = { ...within(support, sales), isWholeCompany };
      const nothing = { unread: 0, conversations: [], next: null };
      expect(await listConversations(stranger, numbers)).toEqual(nothing);
      expect(await listConversations(stranger, numbers, { unreadOnly: true })).toEqual(nothing);
    }
  });

  it("leaves out one without a line, as a stranger's reaction opens it", async () => {
    const { scope, support, first } = await setUp();
    await addConversation(scope, support, { lastMessageAt: null });
    for (const isWholeCompany of [true, false]) {
      const numbers = { ...within(support), isWholeCompany };
      const { conversations } = await listConversations(scope, numbers);
      expect(ids(conversations)).toContain(first.id);
      expect(conversations.every(({ lastMessageAt }) => lastMessageAt instanceof Date)).toBe(true);
    }
  });

  it.each([true, false])(
    "pages 30 at a time, each once, also those of one microsecond (whole company: %s)",
    async (isWholeCompany) => {
      const scope = await addCompany(db);
      const accounts = [await addAccount(scope), await addAccount(scope)];
      const numbers = { ...within(...accounts), isWholeCompany };
      const added: number[] = [];
      for (let i = 0; i < 65; i++) {
        const account = accounts[i % 2] ?? { id: 0 };
        const lastMessageAt = new Date(minute(0).getTime() + Math.floor(i / 40));
        added.push((await addConversation(scope, account, { lastMessageAt })).id);
      }
      const pages: number[][] = [];
      for (let next: string | null = ""; next !== null; ) {
        const after = parsePosition(next);
        const page = await listConversations(scope, numbers, { after });
        pages.push(ids(page.conversations));
        next = page.next;
        // What becomes active meanwhile goes to the first page and moves nothing on the others.
        await addConversation(scope, accounts[0] ?? { id: 0 }, { lastMessageAt: minute(9) });
      }
      expect(pages.map(({ length }) => length)).toEqual([30, 30, 5]);
      expect(pages.flat()).toEqual(added.reverse());
    },
  );

  it("has no page past the end", async () => {
    const { scope, support } = await setUp();
    const after = { micros: 0, id: 0 };
    const page = await listConversations(scope, within(support), { after });
    expect(page).toEqual({ unread: 0, conversations: [], next: null });
  });

  it("lists only unread ones on demand, and counts all unread within reach, up to a bound", async () => {
    const { scope, support, sales } = await setUp();
    const unread = await addConversation(scope, support, { unreadCount: 3 });
    for (let i = 0; i < 2; i++) await addConversation(scope, sales, { unreadCount: 1 });
    const numbers = { ...within(support, sales), listed: [support.id] };
    const page = await listConversations(scope, numbers, { unreadOnly: true });
    expect(page).toMatchObject({ unread: 3, conversations: [{ id: unread.id, unreadCount: 3 }] });
    for (let i = 0; i < MOST_UNREAD; i++) await addConversation(scope, sales, { unreadCount: 1 });
    expect(await listConversations(scope, numbers)).toMatchObject({ unread: MOST_UNREAD });
  });
});

describe("a listed conversation's last line", () => {
  it("is the newest line, not what is hidden or older", async () => {
    const { scope, account, add } = await addInbox(db, { name: "Ana" });
    await add({ body: "Older", sentAt: minute(1) });
    await add({ body: "x".repeat(500), sentAt: minute(2) });
    await add({ type: "reaction", body: "👍", hidden: true, sentAt: minute(3) });
    const [conversation] = (await listConversations(scope, within(account))).conversations;
    expect(conversation).toMatchObject({
      contactName: "Ana",
      accountId: account.id,
      lastMessage: {
        direction: "inbound",
        senderName: null,
        type: "text",
        text: "x".repeat(160),
        status: null,
      },
    });
  });

  it("tells a file by its caption and name, a taken-back message by nothing", async () => {
    const { scope, account, add } = await addInbox(db);
    const file = { type: "document", mediaCaption: "The bill", mediaFilename: "bill.pdf" };
    await add({ ...file, sentAt: minute(1) });
    const last = async () =>
      (await listConversations(scope, within(account))).conversations[0]?.lastMessage;
    expect(await last()).toMatchObject({ text: "The bill", mediaFilename: "bill.pdf" });
    await add({ revokedAt: minute(3), sentAt: minute(2) });
    expect(await last()).toMatchObject({ revoked: true, text: null });
  });

  it("names who of a group wrote it", async () => {
    const { scope, account, conversation, add } = await addInbox(db, {
      kind: "group",
      name: "Crew",
    });
    const ben = await addConversation(scope, await addAccount(scope), { contact: { name: "Ben" } });
    await add({ senderContactId: ben.contactId, body: "Me" });
    const page = await listConversations(scope, within(account));
    expect(page.conversations).toMatchObject([
      { id: conversation.id, contactName: "Crew", lastMessage: { senderName: "Ben" } },
    ]);
  });

  it("of ours tells how far it got: in a group, where it got furthest", async () => {
    const { scope, account, conversation, add } = await addInbox(db);
    const ours = await add({ direction: "outbound", body: "Hello" });
    const status = async () =>
      (await listConversations(scope, within(account))).conversations[0]?.lastMessage?.status;
    expect(await status()).toBeNull();
    await addStatus(scope, ours, { status: "failed", recipient: "15550100001" });
    expect(await status()).toBe("failed");
    await addStatus(scope, ours, { status: "delivered", recipient: "15550100002" });
    expect(await status()).toBe("delivered");
    await addMessage(scope, conversation, { sentAt: minute(59) });
    expect(await status()).toBeNull();
  });

  it("of ours is not told as being sent when the process that was sending it has died", async () => {
    const { scope, account, add } = await addInbox(db);
    const status = async () =>
      (await listConversations(scope, within(account))).conversations[0]?.lastMessage?.status;
    for (const [age, told] of [
      [SENDING_OVERDUE_MS + 1, UNCONFIRMED],
      [0, SENDING],
    ] as const) {
      const at = new Date(Date.now() - age);
      const ours = await add({ direction: "outbound", sentAt: at });
      await addStatus(scope, ours, { status: SENDING, at });
      expect(await status()).toBe(told);
    }
  });
});
