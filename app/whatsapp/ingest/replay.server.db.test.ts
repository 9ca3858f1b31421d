import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { countQuarantined, quarantine } from "#app/models/received/quarantine.server.ts";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import type { Db, DutyDb } from "#db/handles.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { messages, webhookQuarantine } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { newCompany, newNumber } from "#tests/support/company.ts";
import { change, on, text, webhook } from "#tests/support/webhooks.ts";
import { ingestBody } from "./ingest.server.ts";
import { replayQuarantine } from "./replay.server.ts";

const LONG_AGO = new Date("2025-04-11T05:00:00Z");
const UNKNOWN = "unknown phone number id";

beforeEach(async () => {
  await db.delete(webhookQuarantine);
});
afterAll(closeDatabase);

const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body));
const rows = () => db.select().from(webhookQuarantine).orderBy(asc(webhookQuarantine.id));
const wamidsOf = async (companyId: number) => {
  const own = await db.select().from(messages).where(eq(messages.companyId, companyId));
  return own.map(({ wamid }) => wamid).sort();
};

/** Receives a body that can't be used, long ago. */
async function receive(body: Uint8Array): Promise<void> {
  await ingestBody(forDuty("webhook"), body, LONG_AGO);
  await db.update(webhookQuarantine).set({ receivedAt: LONG_AGO });
}

describe("replaying the quarantine", () => {
  it("ingests what can be used by now, keeps the rest as it was, and can be repeated", async () => {
    const [found, unknown] = [newNumber(), newNumber()];
    await receive(bytesOf(webhook([text("wamid.1"), text("wamid.2")], on(found))));
    await receive(bytesOf(webhook([text("wamid.3")], on(unknown))));
    await receive(Buffer.from("{"));
    const before = await rows();
    const { companyId } = await newCompany(db, found);

    expect(await replayQuarantine(forDuty("webhook"))).toEqual(
      new Map([
        [UNKNOWN, { ingested: 2, unusable: 1 }],
        ["not JSON", { ingested: 0, unusable: 1 }],
      ]),
    );

    expect(await wamidsOf(companyId)).toEqual(["wamid.1", "wamid.2"]);
    const kept = await rows();
    const same = ({ id: _, ...row }: (typeof before)[number]) => row;
    expect(kept.map(same)).toEqual(before.slice(2).map(same));
    expect(kept.every(({ receivedAt }) => receivedAt.getTime() === LONG_AGO.getTime())).toBe(true);
    expect(await replayQuarantine(forDuty("webhook"))).toEqual(
      new Map([
        [UNKNOWN, { ingested: 0, unusable: 1 }],
        ["not JSON", { ingested: 0, unusable: 1 }],
      ]),
    );
    expect((await rows()).map(same)).toEqual(kept.map(same));
    expect(await wamidsOf(companyId)).toHaveLength(2);
  });

  it("takes what it can from a row with several updates and keeps what is left, with its date", async () => {
    const { companyId, number } = await newCompany(db);
    const unknown = newNumber();
    const changes = [
      change([text("wamid.1"), text("wamid.2")], on(number)),
      change([text("wamid.3")], on(unknown)),
    ];
    const body = bytesOf({ entry: [{ id: "1", changes }] });
    await quarantine(forDuty("webhook"), [{ reason: "not a webhook", body }]);
    await db.update(webhookQuarantine).set({ receivedAt: LONG_AGO });

    expect(await replayQuarantine(forDuty("webhook"))).toEqual(
      new Map([["not a webhook", { ingested: 0, unusable: 1 }]]),
    );

    expect(await wamidsOf(companyId)).toEqual(["wamid.1", "wamid.2"]);
    expect(await rows()).toMatchObject([
      { reason: UNKNOWN, detail: unknown, receivedAt: LONG_AGO },
    ]);
  });

  it("dates a message by when its row was received, where its own time can't be believed", async () => {
    const number = newNumber();
    await receive(bytesOf(webhook([text("wamid.1", { timestamp: "soon" })], on(number))));
    const { companyId } = await newCompany(db, number);
    await replayQuarantine(forDuty("webhook"));
    const [message] = await db.select().from(messages).where(eq(messages.companyId, companyId));
    expect(message?.sentAt).toEqual(LONG_AGO);
  });

  it("keeps a row that the database still refuses, until it takes it", async () => {
    const { companyId, number } = await newCompany(db);
    await db.execute(
      sql`alter table messages add constraint no_poison check (body <> 'poison') not valid`,
    );
    await receive(bytesOf(webhook([text("wamid.1", { text: { body: "poison" } })], on(number))));
    const refused = "refused by the database";
    expect(await replayQuarantine(forDuty("webhook"))).toEqual(
      new Map([[refused, { ingested: 0, unusable: 1 }]]),
    );
    expect(await rows()).toMatchObject([{ reason: refused, receivedAt: LONG_AGO }]);
    await db.execute(sql`alter table messages drop constraint no_poison`);
    expect(await replayQuarantine(forDuty("webhook"))).toEqual(
      new Map([[refused, { ingested: 1, unusable: 0 }]]),
    );
    expect(await wamidsOf(companyId)).toEqual(["wamid.1"]);
    expect(await rows()).toEqual([]);
  });

  it("leaves the dates of rows alone that others quarantine", async () => {
    const number = newNumber();
    await receive(bytesOf(webhook([text("wamid.old")], on(number))));
    await ingestBody(
      forDuty("webhook"),
      bytesOf(webhook([text("wamid.new")], on(number))),
      new Date(),
    );
    const [, recent] = await rows();
    await replayQuarantine(forDuty("webhook"));
    expect((await rows()).map(({ receivedAt }) => receivedAt)).toEqual([
      LONG_AGO,
      recent?.receivedAt,
    ]);
  });

  it("tells on a dry run what would happen, and changes nothing", async () => {
    const number = newNumber();
    await receive(bytesOf(webhook([text("wamid.1")], on(number))));
    await receive(Buffer.from("["));
    const { companyId } = await newCompany(db, number);
    const before = await rows();
    expect(await replayQuarantine(forDuty("webhook"), { dryRun: true })).toEqual(
      new Map([
        [UNKNOWN, { ingested: 1, unusable: 0 }],
        ["not JSON", { ingested: 0, unusable: 1 }],
      ]),
    );
    expect(await rows()).toEqual(before);
    expect(await wamidsOf(companyId)).toEqual([]);
  });

  it("takes only the reason that it is told to", async () => {
    const number = newNumber();
    await receive(bytesOf(webhook([text("wamid.1")], on(number))));
    await receive(Buffer.from("["));
    await newCompany(db, number);
    expect(await replayQuarantine(forDuty("webhook"), { reason: "not JSON" })).toEqual(
      new Map([["not JSON", { ingested: 0, unusable: 1 }]]),
    );
    expect(await countQuarantined(forDuty("webhook"))).toEqual([
      { reason: "not JSON", rows: 1 },
      { reason: UNKNOWN, rows: 1 },
    ]);
  });

  it("replays each row once when two replays run at once", async () => {
    const number = newNumber();
    const sent = Array.from({ length: 20 }, (_, index) => text(`wamid.${index}`));
    await receive(bytesOf(webhook(sent, on(number))));
    const { companyId } = await newCompany(db, number);
    const both = await Promise.all([
      replayQuarantine(forDuty("webhook")),
      replayQuarantine(forDuty("webhook")),
    ]);
    const ingested = both.map((outcomes) => outcomes.get(UNKNOWN)?.ingested ?? 0);
    expect(ingested.reduce((sum, one) => sum + one)).toBe(20);
    expect(await rows()).toEqual([]);
    expect(await wamidsOf(companyId)).toHaveLength(20);
  });

  it("keeps a row as it was when a fault of our own stops it, and goes on with the others", async () => {
    const number = newNumber();
    await receive(bytesOf(webhook([text("wamid.1"), text("wamid.2")], on(number))));
    const { companyId } = await newCompany(db, number);
    const [first] = await rows();
    const failed: number[] = [];
    const outcomes = await replayQuarantine(failingOnce(forDuty("webhook")), {
      onFailure: (id) => failed.push(id),
    });
    expect(outcomes).toEqual(new Map([[UNKNOWN, { ingested: 1, unusable: 0 }]]));
    expect(failed).toEqual([first?.id]);
    expect(await rows()).toEqual([first]);
    expect(await wamidsOf(companyId)).toEqual(["wamid.2"]);
  });

  it("F19 throws when the database can't be reached", async () => {
    const dead = await openDatabase({
      DATABASE_URL: "postgres://test@127.0.0.1:1/test",
      DATA_DIR: "unused",
    });
    await expect(replayQuarantine(dead.forDuty("webhook"))).rejects.toMatchObject({
      cause: { code: "ECONNREFUSED" },
    });
    await dead.close();
  });
});

/** A database whose first transaction does all of its work and then fails, as when a process dies. */
function failingOnce(db: DutyDb): DutyDb {
  let failed = false;
  const transaction: Db["transaction"] = (work) =>
    db.transaction(async (tx) => {
      const result = await work(tx);
      if (failed) return result;
      failed = true;
      throw new TypeError("on purpose");
    });
  return new Proxy(db, {
    get: (target, key) => (key === "transaction" ? transaction : Reflect.get(target, key)),
  });
}
