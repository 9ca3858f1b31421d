import { eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { ingest } from "#app/whatsapp/ingest/ingest.server.ts";
import { parseWebhook } from "#app/whatsapp/payload/parse-webhook.ts";
import { conversations } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany } from "#tests/support/rows.server.ts";
import { on, text, webhook } from "#tests/support/webhooks.ts";
import { addOutbox } from "../outgoing/testing/outbox.server.ts";
import { markRead } from "./read-marks.server.ts";

afterAll(closeDatabase);

const seconds = () => String(Math.floor(Date.now() / 1000));

/** A conversation whose customer wrote some messages, each unread. */
async function unread(...wamids: string[]) {
  const outbox = await addOutbox(db);
  const receive = (wamid: string) =>
    ingest(
      db,
      parseWebhook(
        webhook([text(wamid, { timestamp: seconds() })], on(outbox.account.phoneNumberId)),
        new Date(),
      ),
    );
  for (const wamid of wamids) await receive(wamid);
  const received = await outbox.messages();
  const conversationId = received[0]?.conversationId ?? 0;
  const count = async () => {
    const found = await db
      .select()
      .from(conversations)
      .where(eq(conversations.companyId, outbox.scope.companyId));
    return found.find(({ id }) => id === conversationId)?.unreadCount;
  };
  const ids = received.map(({ id }) => id);
  return { ...outbox, receive, conversationId, ids, count };
}

it("marks what was on the page, and leaves what came since unread", async () => {
  const { scope, conversationId, ids, count, messages } = await unread("a", "b", "c");
  expect(await markRead(scope, conversationId, ids[1] ?? 0)).toEqual({
    marked: 2,
    newestWamid: "b",
  });
  expect((await messages()).map(({ unread }) => unread)).toEqual([false, false, true]);
  expect(await count()).toBe(1);
});

it("changes nothing a second time, or at the same time, or while another message comes", async () => {
  const { scope, conversationId, ids, count, receive } = await unread("a", "b");
  const through = ids[1] ?? 0;
  const marks = await Promise.all([
    markRead(scope, conversationId, through),
    receive("c"),
    markRead(scope, conversationId, through),
  ]);
  const counted = marks.map((mark) => ("marked" in mark ? mark.marked : 0));
  expect(counted.toSorted()).toEqual([0, 0, 2]);
  expect(await markRead(scope, conversationId, through)).toEqual({ marked: 0, newestWamid: null });
  expect(await count()).toBe(1);
});

it("names to WhatsApp no message older than 30 days", async () => {
  const outbox = await addOutbox(db);
  const old = await outbox.add({ unread: true, sentAt: new Date("2020-01-01") });
  expect(await markRead(outbox.scope, outbox.conversation.id, old.id)).toEqual({
    marked: 1,
    newestWamid: null,
  });
});

it("F73 marks nothing of another company", async () => {
  const { conversationId, ids, count } = await unread("a");
  const mark = await markRead(await addCompany(db), conversationId, ids[0] ?? 0);
  expect(mark.marked).toBe(0);
  expect(await count()).toBe(1);
});
