import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { listMessages } from "#app/models/messages/messages.server.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { conversations } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addConversation, addMessage } from "#tests/support/rows.server.ts";
import { waitFor } from "#tests/support/wait.ts";
import { formOf, refuse, startConversation } from "./testing/conversation.ts";

afterAll(closeDatabase);

const HOUR_MS = 3_600_000;

describe("a message that is sent", () => {
  it("leads back to the page, keeping the list as it is, and is at WhatsApp", async () => {
    await using page = await startConversation();
    const query = "?account=7&unread=1&before=7&reply=9&ask=1";
    const answer = await page.send({ text: " Hello\r\nAna\u0000\u0007 " }, { query });
    const { id } = page.conversation;
    expect(answer).toMatchObject({
      status: 303,
      location: `/conversations/${id}?account=7&unread=1`,
    });
    expect(page.asked).toMatchObject([{ text: { body: "Hello\nAna\uFFFD" } }]);
    expect(await page.ours()).toMatchObject([
      { body: "Hello\nAna\uFFFD", sentByName: page.agent.name, isLocal: false, delivery: null },
    ]);
  });

  it("is sent once, however often its form comes", async () => {
    await using page = await startConversation();
    await Promise.all([page.send(), page.send(), page.send()]);
    expect(await page.send()).toMatchObject({ status: 303 });
    expect(page.asked).toHaveLength(1);
    expect(await page.ours()).toHaveLength(1);
  });

  it("is another one when a page that the browser kept sends other words", async () => {
    await using page = await startConversation();
    await page.send();
    await page.send({ text: "Something else" });
    expect(page.asked).toHaveLength(2);
  });

  it("answers the message that it quotes", async () => {
    await using page = await startConversation();
    await page.send({ reply: String(page.received.id) });
    expect(page.asked).toMatchObject([{ context: { message_id: page.received.wamid } }]);
    expect(await page.ours()).toMatchObject([{ quoted: { messageId: page.received.id } }]);
  });

  it("marks as read what was on the page, and tells WhatsApp", async () => {
    await using page = await startConversation();
    const later = await addMessage(page.scope, page.conversation, { unread: true });
    await page.send({ through: String(page.received.id) });
    await waitFor(() =>
      expect(page.asked).toContainEqual({
        messaging_product: "whatsapp",
        status: "read",
        message_id: page.received.wamid,
      }),
    );
    const { messages } = await listMessages(page.scope, page.conversation.id);
    expect(messages.filter(({ unread }) => unread)).toMatchObject([{ id: later.id }]);
  });
});

describe("a message that is not sent", () => {
  it.each([
    ["", 400, "Write something"],
    [" \u0000\n ", 303, ""],
    [" \u0007\r\n ", 400, "Write something"],
    ["x".repeat(4096), 303, ""],
    ["👍".repeat(4096), 303, ""],
    ["x".repeat(4097), 422, "1 character too long"],
    ["x".repeat(4100), 422, "4 characters too long"],
  ])("keeps its words (%#)", async (text, status, error) => {
    await using page = await startConversation();
    const answer = await page.send({ text });
    expect(answer.status).toBe(status);
    expect(answer.error).toContain(error);
    if (status !== 303) expect(answer.text).toBe(text);
    expect(page.asked).toHaveLength(status === 303 ? 1 : 0);
  });

  it.each([
    [{ key: undefined }, 400],
    [{ key: "../../etc" }, 400],
    [{ text: undefined }, 400],
    [{ intent: undefined }, 400],
    [{ intent: "delete" }, 400],
    [{ reply: "999999999" }, 409],
    [{ reply: "x" }, 409],
  ])("has a form of ours: %j", async (fields, status) => {
    await using page = await startConversation();
    expect((await page.send(fields)).status).toBe(status);
    expect(page.asked).toEqual([]);
    expect(await page.ours()).toEqual([]);
  });

  it.each([
    ["application/json", 415],
    ["multipart/form-data", 400],
  ])("comes as a form, not as %s", async (type, status) => {
    await using page = await startConversation();
    const answer = await page.post("{}", { headers: { "content-type": type } });
    expect(answer.status).toBe(status);
  });

  it("is told as far too long when it is megabytes", async () => {
    await using page = await startConversation();
    expect(await page.send({ text: "x".repeat(300 * 1024) })).toMatchObject({ status: 413 });
  });

  it("quotes nothing of another conversation, or that WhatsApp has no id for", async () => {
    await using page = await startConversation();
    const other = await addConversation(page.scope, page.account);
    const foreign = await addMessage(page.scope, other);
    const local = await addMessage(page.scope, page.conversation, { wamid: "local:1" });
    for (const { id } of [foreign, local]) {
      expect((await page.send({ reply: String(id) })).status).toBe(409);
    }
    expect(page.asked).toEqual([]);
  });
});

describe("the 24 hours after the customer last wrote", () => {
  it.each([
    ["end after their last millisecond", 24 * HOUR_MS - 1, 303],
    ["are over then", 24 * HOUR_MS, 409],
  ])("%s", async (_, age, status) => {
    await using page = await startConversation();
    const { lastInboundAt } = page.conversation;
    page.clock.now = (lastInboundAt?.getTime() ?? 0) + age;
    const answer = await page.send();
    expect(answer.status).toBe(status);
    expect(page.asked).toHaveLength(status === 303 ? 1 : 0);
    if (status === 409) expect(answer).toMatchObject({ text: "Hello" });
  });

  it("never began where the customer never wrote", async () => {
    await using page = await startConversation();
    const { companyId } = page.scope;
    await db
      .update(conversations)
      .set({ lastInboundAt: null })
      .where(eq(conversations.companyId, companyId));
    expect((await page.send()).status).toBe(409);
  });

  it("hold for sending again, too", async () => {
    await using page = await startConversation(refuse(131056));
    await page.send();
    page.clock.now += 24 * HOUR_MS;
    const [failed] = await page.ours();
    const again = formOf({ intent: "retry", message: String(failed?.id) });
    expect(await page.post(again)).toMatchObject({ status: 409 });
    expect(page.asked).toHaveLength(1);
  });
});
