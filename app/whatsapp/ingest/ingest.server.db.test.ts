import { asc, count, eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { contacts, conversations, messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { newCompany, newNumber } from "#tests/support/company.ts";
import { contact, image, on, text, webhook } from "#tests/support/webhooks.ts";
import { parseWebhook } from "../payload/parse-webhook.ts";
import { ingest } from "./ingest.server.ts";

afterAll(closeDatabase);

const RECEIVED_AT = new Date("2025-04-11T05:00:00Z");
const ingestBody = (body: unknown) => ingest(forDuty("webhook"), parseWebhook(body, RECEIVED_AT));
const at = (seconds: number) => ({ timestamp: String(1744344000 + seconds) });
const named = (name: string) => ({ contacts: [contact("15550100001", name)] });

const messagesOf = (companyId: number) =>
  db.select().from(messages).where(eq(messages.companyId, companyId)).orderBy(asc(messages.id));
const conversationsOf = (companyId: number) =>
  db.select().from(conversations).where(eq(conversations.companyId, companyId));
const contactsOf = (companyId: number) =>
  db.select().from(contacts).where(eq(contacts.companyId, companyId));
describe("ingesting a webhook", () => {
  it("stores a text and a media's name tag, in the order received", async () => {
    const { companyId, accountIds, number } = await newCompany(db);
    const odd = text("wamid.c", { type: "odd" });
    const body = webhook([text("wamid.b"), image("wamid.a"), odd], on(number));
    expect(await ingestBody(body)).toMatchObject({
      duplicates: 0,
      quarantined: 0,
    });
    const [first, second, third] = await messagesOf(companyId);
    expect(first).toMatchObject({
      accountId: accountIds[0],
      wamid: "wamid.b",
      direction: "inbound",
      type: "text",
      body: "Hello",
      sentAt: new Date(1744344496_000),
      mediaId: null,
      payload: null,
    });
    expect(second).toMatchObject({
      wamid: "wamid.a",
      type: "image",
      body: null,
      mediaUrl: null,
      mediaType: null,
      mediaId: "622684793477189",
      mediaMimeType: "image/jpeg",
      mediaCaption: "The receipt",
      mediaSha256: "49f227634806293b0995459bc310b593e1400f41591efcf07e9bced335f41942",
    });
    expect(third).toMatchObject({ wamid: "wamid.c", type: "unsupported", payload: odd });
    expect(await contactsOf(companyId)).toMatchObject([{ waId: "15550100001", name: "Ana" }]);
    expect(await conversationsOf(companyId)).toMatchObject([{ lastMessageAt: first?.sentAt }]);
  });

  it("F14 stores a message once when it comes 50 times at once", async () => {
    const { companyId, number } = await newCompany(db);
    const body = webhook([text("wamid.1"), image("wamid.2")], on(number));
    const results = await Promise.all(Array.from({ length: 50 }, () => ingestBody(body)));
    expect(await messagesOf(companyId)).toHaveLength(2);
    expect(await contactsOf(companyId)).toHaveLength(1);
    expect(await conversationsOf(companyId)).toHaveLength(1);
    expect(results.reduce((sum, { stored }) => sum + stored.length, 0)).toBe(2);
    expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(98);
  });

  it("stores a message once when it comes twice in one webhook", async () => {
    const { companyId, number } = await newCompany(db);
    const twice = [text("wamid.1"), text("wamid.1", { text: { body: "Again" } })];
    expect(await ingestBody(webhook(twice, on(number)))).toMatchObject({
      stored: [{ companyId, message: { body: "Hello" } }],
      duplicates: 1,
    });
  });

  it("F15 changes nothing when a message comes again days later", async () => {
    const { companyId, number } = await newCompany(db);
    const old = webhook([text("wamid.1", at(0))], on(number, named("Ana")));
    await ingestBody(old);
    await ingestBody(webhook([text("wamid.2", at(60))], on(number, named("Ana Maria"))));
    const before = [await conversationsOf(companyId), await contactsOf(companyId)];
    expect(await ingestBody(old)).toMatchObject({ stored: [], duplicates: 1 });
    expect([await conversationsOf(companyId), await contactsOf(companyId)]).toEqual(before);
    expect(before[1]).toMatchObject([{ name: "Ana Maria" }]);
  });

  it("F23 makes one contact and one conversation of an album that comes in parallel", async () => {
    const { companyId, number } = await newCompany(db);
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        ingestBody(webhook([image(`wamid.${index}`)], on(number))),
      ),
    );
    expect(await messagesOf(companyId)).toHaveLength(30);
    expect(await contactsOf(companyId)).toHaveLength(1);
    expect(await conversationsOf(companyId)).toHaveLength(1);
  });

  it("does not deadlock when parallel webhooks bring the same senders in other orders, new or known", async () => {
    const [first, second] = [newNumber(), newNumber()];
    const { companyId } = await newCompany(db, first, second);
    const senders = Array.from({ length: 8 }, (_, index) => String(15550101000 + index));
    const bodies = (round: string) =>
      Array.from({ length: 8 }, (_, turn) => {
        const order = turn % 2 ? senders : senders.toReversed();
        const sent = order.flatMap((from) => [
          text(`wamid.${round}.same.${from}`, { from }),
          text(`wamid.${round}.${turn}.${from}`, { from }),
        ]);
        const names = order.map((from) => contact(from, `Name ${round}`));
        return webhook(sent, on(turn < 6 ? first : second, { contacts: names }));
      });
    await withSlowInserts(async () => {
      await Promise.all(bodies("new").map(ingestBody));
      await Promise.all(bodies("known").map(ingestBody));
    });
    expect(await contactsOf(companyId)).toHaveLength(8);
    expect(await conversationsOf(companyId)).toHaveLength(16);
    expect(await messagesOf(companyId)).toHaveLength(2 * (8 * 8 + 2 * 8));
  });

  it("F24 keeps the same wamid on two numbers apart", async () => {
    const numbers = [newNumber(), newNumber()];
    const [ours, other] = [await newCompany(db, ...numbers), await newCompany(db)];
    for (const number of [...numbers, other.number])
      await ingestBody(webhook([text("wamid.same")], on(number)));
    expect((await messagesOf(ours.companyId)).map(({ accountId }) => accountId)).toEqual(
      ours.accountIds,
    );
    expect(await messagesOf(other.companyId)).toHaveLength(1);
    expect(await contactsOf(ours.companyId)).toHaveLength(1);
  });

  it("F25 lets the latest message decide a conversation's time and the contact's name", async () => {
    const { companyId, number } = await newCompany(db);
    await ingestBody(webhook([text("wamid.2", at(60))], on(number, named("New"))));
    await ingestBody(webhook([text("wamid.1", at(0))], on(number, named("Old"))));
    expect(await conversationsOf(companyId)).toMatchObject([
      { lastMessageAt: new Date(1744344060_000) },
    ]);
    expect(await contactsOf(companyId)).toMatchObject([{ name: "New" }]);
    await ingestBody(webhook([text("wamid.3", at(90))], on(number, { contacts: [] })));
    expect(await contactsOf(companyId)).toMatchObject([{ name: "New" }]);
  });

  it("F13 stores more messages than one statement could carry", async () => {
    const { companyId, number } = await newCompany(db);
    const sent = Array.from({ length: 2500 }, (_, index) =>
      text(`wamid.${index}`, { from: String(15550200000 + (index % 700)) }),
    );
    expect((await ingestBody(webhook(sent, on(number)))).stored).toHaveLength(2500);
    const [total] = await db
      .select({ messages: count() })
      .from(messages)
      .where(eq(messages.companyId, companyId));
    expect(total?.messages).toBe(2500);
    expect(await conversationsOf(companyId)).toHaveLength(700);
  });
});

/** Every new row takes 5 ms, so that statements of parallel transactions meet half-way. */
async function withSlowInserts(run: () => Promise<unknown>): Promise<void> {
  await db.execute(
    sql`create function slowly() returns trigger language plpgsql as 'begin perform pg_sleep(0.005); return new; end'`,
  );
  for (const table of ["contacts", "conversations", "messages"]) {
    await db.execute(
      sql`create trigger slowly before insert on ${sql.identifier(table)} for each row execute function slowly()`,
    );
  }
  try {
    await run();
  } finally {
    await db.execute(sql`drop function slowly cascade`);
  }
}
