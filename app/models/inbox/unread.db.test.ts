import { and, eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { conversations, messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { at, newInbox, timeAt } from "#tests/support/inbox.ts";
import { echo, edit, history, image, reaction, revoke, text } from "#tests/support/webhooks.ts";

afterAll(closeDatabase);

const CUSTOMER = "15550100001";

async function setUp() {
  const inbox = await newInbox();
  return {
    ...inbox,
    async state() {
      const of = eq(conversations.companyId, inbox.companyId);
      const [conversation] = await db.select().from(conversations).where(of);
      const marked = await db
        .select({ wamid: messages.wamid })
        .from(messages)
        .where(and(eq(messages.companyId, inbox.companyId), messages.unread))
        .orderBy(messages.id);
      return {
        unreadCount: conversation?.unreadCount,
        unread: marked.map(({ wamid }) => wamid),
        lastInboundAt: conversation?.lastInboundAt,
      };
    },
  };
}

describe("what customers send", () => {
  it("is unread, counted once however often it arrives, and opens the window to answer", async () => {
    const inbox = await setUp();
    for (const _ of [1, 2]) await inbox.receive([text("wamid.1", at(10)), image("wamid.2", at(5))]);
    expect(await inbox.state()).toEqual({
      unreadCount: 2,
      unread: ["wamid.1", "wamid.2"],
      lastInboundAt: timeAt(10),
    });
  });

  it("is not unread where it is no line: a reaction, an edit, a revoke; but each opens the window", async () => {
    const inbox = await setUp();
    await inbox.receive([text("wamid.1", at(10))]);
    await inbox.receive([
      reaction("wamid.1", "👍", { id: "wamid.2", ...at(20) }),
      edit("wamid.1", { type: "text", text: { body: "Hi" } }, { id: "wamid.3", ...at(30) }),
      revoke("wamid.1", { id: "wamid.4", ...at(40) }),
    ]);
    expect(await inbox.state()).toEqual({
      unreadCount: 1,
      unread: ["wamid.1"],
      lastInboundAt: timeAt(40),
    });
  });

  it("is not unread where history brings it", async () => {
    const inbox = await setUp();
    const past = [text("wamid.1", { from: CUSTOMER, ...at(10) })];
    await inbox.receiveField("history", history(CUSTOMER, past));
    expect(await inbox.state()).toMatchObject({ unreadCount: 0, unread: [] });
  });
});

it("what we send ourselves is not unread, and opens no window", async () => {
  const inbox = await setUp();
  await inbox.receiveField("smb_message_echoes", { message_echoes: [echo(text("wamid.1"))] });
  expect(await inbox.state()).toEqual({ unreadCount: 0, unread: [], lastInboundAt: null });
});
