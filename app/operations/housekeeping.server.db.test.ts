import { asc, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, engine, forDuty } from "#app/process/database.server.ts";
import { openDatabase } from "#db/open.server.ts";
import {
  auditEvents,
  invitations,
  mediaViews,
  messageStatuses,
  rateLimits,
  sessions,
  webhookQuarantine,
} from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { keepHouse } from "./housekeeping.server.ts";

const NOW = new Date("2026-05-31T12:00:00Z");
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const daysAgo = (days: number, after = 0) => new Date(NOW.getTime() - days * DAY_MS + after);

beforeEach(async () => {
  const tables = [
    webhookQuarantine,
    sessions,
    rateLimits,
    invitations,
    auditEvents,
    mediaViews,
    messageStatuses,
  ];
  for (const table of tables) await db.delete(table);
});
afterAll(closeDatabase);

async function run(options: { rowsPerDelete?: number } = {}, stopping?: AbortSignal) {
  const events: object[] = [];
  const note = (event: object) => void events.push(event);
  const log = { info: note, error: note };
  const fixed = { db: forDuty("maintenance"), quarantineDays: 90, auditDays: 365, now: () => NOW };
  await keepHouse({ ...fixed, log, ...options }, stopping);
  return events;
}

async function quarantineAt(...times: Date[]): Promise<void> {
  const rows = times.map((receivedAt, index) => ({
    reason: "not JSON",
    body: Buffer.from("{"),
    fingerprint: `${index}`,
    receivedAt,
  }));
  await db.insert(webhookQuarantine).values(rows);
}

const nothing = {
  event: "housekeeping.done",
  quarantine: 0,
  sessions: 0,
  rateLimits: 0,
  invitations: 0,
  auditEvents: 0,
  mediaViews: 0,
  statuses: 0,
};

describe("housekeeping", () => {
  it("deletes quarantined rows after their days, and no sooner", async () => {
    await quarantineAt(daysAgo(90, -SECOND_MS), daysAgo(90, SECOND_MS), daysAgo(1));
    expect(await run()).toEqual([{ ...nothing, quarantine: 1 }]);
    const left = await db.select().from(webhookQuarantine).orderBy(asc(webhookQuarantine.id));
    expect(left.map(({ fingerprint }) => fingerprint)).toEqual(["1", "2"]);
    expect(await run()).toEqual([nothing]);
  });

  it("deletes sessions that have expired or were not used, and signs nobody else out", async () => {
    const { companyId } = await addCompany(db);
    const { id: userId } = await addUser({ db, companyId });
    const [past, future] = [daysAgo(0, -SECOND_MS), daysAgo(0, SECOND_MS)];
    const times = {
      expired: { expiresAt: past, lastUsedAt: past },
      idle: { expiresAt: future, lastUsedAt: daysAgo(3, -SECOND_MS) },
      alive: { expiresAt: future, lastUsedAt: daysAgo(3, SECOND_MS) },
    };
    for (const [tokenHash, session] of Object.entries(times)) {
      await db.insert(sessions).values({ companyId, userId, tokenHash, ...session });
    }
    expect(await run()).toEqual([{ ...nothing, sessions: 2 }]);
    expect(await db.select().from(sessions)).toMatchObject([{ tokenHash: "alive" }]);
  });

  it("deletes counts of wrong passwords whose window is over", async () => {
    await db.insert(rateLimits).values([
      { key: "over", points: 9, expire: daysAgo(0, -SECOND_MS) },
      { key: "open", points: 9, expire: daysAgo(0, SECOND_MS) },
    ]);
    expect(await run()).toEqual([{ ...nothing, rateLimits: 1 }]);
    expect(await db.select().from(rateLimits)).toMatchObject([{ key: "open" }]);
  });

  it("deletes invitations that have expired", async () => {
    const scope = await addCompany(db);
    for (const [tokenHash, expiresAt] of Object.entries({
      past: daysAgo(0, -SECOND_MS),
      future: daysAgo(0, SECOND_MS),
    })) {
      const { id: userId } = await addUser(scope);
      await db
        .insert(invitations)
        .values({ companyId: scope.companyId, userId, tokenHash, expiresAt });
    }
    expect(await run()).toEqual([{ ...nothing, invitations: 1 }]);
    expect(await db.select().from(invitations)).toMatchObject([{ tokenHash: "future" }]);
  });

  it("deletes what every company's audit log has for longer than its days", async () => {
    for (const scope of [await addCompany(db), await addCompany(db)]) {
      const { companyId } = scope;
      const { id: userId } = await addUser(scope);
      const conversation = await addConversation(scope, await addAccount(scope));
      const { id: messageId } = await addMessage(scope, conversation, { type: "image" });
      const view = { companyId, userId, messageId, mediaId: "1" };
      const ended = { status: 200, bytes: 1, outcome: "complete" };
      for (const at of [1, -1, -2, -3].map((seconds) => daysAgo(365, seconds * SECOND_MS))) {
        await db.insert(auditEvents).values({ companyId, kind: "session.started", at });
        await db.insert(mediaViews).values({ ...view, ...ended, viewedAt: at });
      }
    }
    expect(await run({ rowsPerDelete: 4 })).toEqual([
      { ...nothing, auditEvents: 6, mediaViews: 6 },
    ]);
    const young = daysAgo(365, SECOND_MS);
    expect(await db.select().from(auditEvents)).toMatchObject([{ at: young }, { at: young }]);
    expect(await db.select().from(mediaViews)).toMatchObject([
      { viewedAt: young },
      { viewedAt: young },
    ]);
  });

  it("deletes statuses of messages that never came, from 30 to 37 days old", async () => {
    const scope = await addCompany(db);
    const account = await addAccount(scope);
    const other = await addAccount(scope);
    const conversation = await addConversation(scope, account);
    const { wamid: known } = await addMessage(scope, conversation, { direction: "outbound" });
    const add = (accountId: number, wamid: string, createdAt: Date) =>
      db.insert(messageStatuses).values({
        companyId: scope.companyId,
        accountId,
        wamid,
        status: "read",
        rank: 3,
        at: createdAt,
        createdAt,
      });
    await add(account.id, "just too young", daysAgo(30, SECOND_MS));
    await add(account.id, "old enough", daysAgo(30, -SECOND_MS));
    await add(account.id, "nearly too old", daysAgo(37, SECOND_MS));
    await add(account.id, "too old", daysAgo(37, -SECOND_MS));
    await add(account.id, known, daysAgo(31));
    await add(other.id, known, daysAgo(31));

    expect(await run()).toEqual([{ ...nothing, statuses: 3 }]);

    const left = await db.select().from(messageStatuses);
    expect(left.map(({ accountId, wamid }) => `${accountId} ${wamid}`).sort()).toEqual(
      ["just too young", known, "too old"].map((wamid) => `${account.id} ${wamid}`).sort(),
    );
  });

  it("deletes everything, however many statements that takes", async () => {
    await quarantineAt(...Array.from({ length: 5 }, () => daysAgo(91)));
    expect(await run({ rowsPerDelete: 2 })).toEqual([{ ...nothing, quarantine: 5 }]);
    expect(await db.$count(webhookQuarantine)).toBe(0);
  });

  it("deletes nothing once the server stops", async () => {
    await quarantineAt(daysAgo(91));
    expect(await run({}, AbortSignal.abort())).toEqual([nothing]);
    expect(await db.$count(webhookQuarantine)).toBe(1);
  });

  if (engine === "postgres") {
    it("leaves the work to another process that is at it", async () => {
      await quarantineAt(daysAgo(91));
      const another = await openDatabase({
        DATABASE_URL: process.env.DATABASE_URL,
        DATA_DIR: "unused",
      });
      await another.db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(730419553)`);
        expect(await run()).toEqual([nothing]);
      });
      await another.close();
      expect(await run()).toEqual([{ ...nothing, quarantine: 1 }]);
    });
  }
});
