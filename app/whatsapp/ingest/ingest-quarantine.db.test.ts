import { asc, eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { databaseErrorCode } from "#app/models/database-errors.server.ts";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { messages, webhookQuarantine } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { newCompany, newNumber } from "#tests/support/company.ts";
import { on, text, webhook } from "#tests/support/webhooks.ts";
import { parseWebhook } from "../payload/parse-webhook.ts";
import { ingest } from "./ingest.server.ts";

afterAll(closeDatabase);

const RECEIVED_AT = new Date("2025-04-11T05:00:00Z");
const ingestBody = (body: unknown) => ingest(forDuty("webhook"), parseWebhook(body, RECEIVED_AT));
const messagesOf = (companyId: number) =>
  db.select().from(messages).where(eq(messages.companyId, companyId)).orderBy(asc(messages.id));
const quarantinedFor = async (number: string) => {
  const rows = await db.select().from(webhookQuarantine).orderBy(asc(webhookQuarantine.id));
  return rows
    .map((row) => ({ ...row, text: Buffer.from(row.body).toString() }))
    .filter((row) => row.text.includes(number));
};

describe("what can't be ingested", () => {
  it("F11 is quarantined when nobody has the number, and filed under no company", async () => {
    const { companyId } = await newCompany(db);
    const unknown = newNumber();
    const body = webhook([text("wamid.1"), text("wamid.2")], on(unknown));
    expect(await ingestBody(body)).toMatchObject({ stored: [], quarantined: 2 });
    await ingestBody(body);
    const kept = await quarantinedFor(unknown);
    expect(kept.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["unknown phone number id", unknown],
      ["unknown phone number id", unknown],
    ]);
    expect(await messagesOf(companyId)).toEqual([]);

    const found = await newCompany(db, unknown);
    for (const { text } of kept) await ingestBody(JSON.parse(text));
    expect(await messagesOf(found.companyId)).toHaveLength(2);
  });

  it("F18 costs only itself: the others commit, the poison is quarantined", async () => {
    const { companyId, number } = await newCompany(db);
    const sent = Array.from({ length: 21 }, (_, index) => text(`wamid.${index}`));
    const updates = parseWebhook(webhook(sent, on(number)), RECEIVED_AT).map((update, index) =>
      update.kind === "message" && (index === 7 || index === 20)
        ? { ...update, message: { ...update.message, type: "text" as const, body: "\u0000" } }
        : update,
    );
    const result = await ingest(forDuty("webhook"), updates);
    expect(result).toMatchObject({ duplicates: 0, quarantined: 2 });
    expect(result.stored).toHaveLength(19);
    expect(await messagesOf(companyId)).toHaveLength(19);
    const kept = await quarantinedFor(number);
    expect(kept).toMatchObject([
      { reason: "refused by the database", detail: "22P05" },
      { reason: "refused by the database", detail: "22P05" },
    ]);
    const again = await Promise.all(kept.map(({ text }) => ingestBody(JSON.parse(text))));
    expect(again.flatMap(({ stored }) => stored)).toHaveLength(2);
  });

  it("F18 is told from a constraint that only one message breaks", async () => {
    const { companyId, number } = await newCompany(db);
    await db.execute(
      sql`alter table messages add constraint no_poison check (body <> 'poison') not valid`,
    );
    const poison = text("wamid.2", { text: { body: "poison" } });
    const body = webhook([text("wamid.1"), poison, text("wamid.3")], on(number));
    expect(await ingestBody(body)).toMatchObject({ quarantined: 1, duplicates: 0 });
    await db.execute(sql`alter table messages drop constraint no_poison`);
    expect(await messagesOf(companyId)).toHaveLength(2);
    expect(await ingestBody(body)).toMatchObject({ stored: [{}], duplicates: 2 });
  });

  it("F9 is kept bounded when it is nested too deeply to be written", async () => {
    const unknown = newNumber();
    const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    await ingestBody(webhook([text("wamid.1", { context: deep })], on(unknown)));
    expect((await quarantinedFor(unknown))[0]?.text).toContain("[nested too deeply]");
  });

  it("F19 is not quarantined but thrown when the database can't be reached", async () => {
    const dead = await openDatabase({
      DATABASE_URL: "postgres://test@127.0.0.1:1/test",
      DATA_DIR: "unused",
    });
    const updates = parseWebhook(webhook([text("wamid.1")]), RECEIVED_AT);
    const error = await ingest(dead.forDuty("webhook"), updates).catch((thrown: unknown) => thrown);
    expect(databaseErrorCode(error)).toBe("ECONNREFUSED");
    await dead.close();
  });
});
