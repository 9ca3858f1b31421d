import { setTimeout as sleep } from "node:timers/promises";
import { count, countDistinct, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, engine, forDuty } from "#app/process/database.server.ts";
import { messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { newCompany } from "#tests/support/company.ts";
import { APP_SECRET, on, text, webhook, webhookRequest } from "#tests/support/webhooks.ts";
import { createAdmission, LIMITS } from "./admission.server.ts";
import { receiveWebhook } from "./receive.server.ts";

afterAll(closeDatabase);

const withDeadline = (deadline: number) => ({
  live: { ...LIMITS.live, deadline },
  bulk: { ...LIMITS.bulk, deadline },
});
/** For tests of order, which a slow machine must not fail. */
const PATIENT = withDeadline(60_000);
const IMPATIENT = withDeadline(1_000);

function receiver(limits: typeof LIMITS) {
  const events: Record<string, unknown>[] = [];
  const note = (event: object) => void events.push({ ...event });
  const log = { info: note, warn: note, error: note };
  const admit = createAdmission(limits);
  return {
    events,
    post: (body: unknown) =>
      receiveWebhook(webhookRequest(body), {
        db: forDuty("webhook"),
        secrets: [APP_SECRET],
        log,
        admit,
      }),
  };
}

/** A webhook of one business with messages from as many senders. */
function bodyOf(business: string, number: string, wamids: string[]) {
  const sent = wamids.map((wamid, index) => text(wamid, { from: `1555010${1000 + index}` }));
  const body = webhook(sent, on(number));
  return { ...body, entry: body.entry.map((entry) => ({ ...entry, id: business })) };
}

async function rowsOf(companyId: number) {
  const [rows] = await db
    .select({ all: count(), distinct: countDistinct(messages.wamid) })
    .from(messages)
    .where(eq(messages.companyId, companyId));
  return rows;
}

const wamidsOf = (name: string, length: number) =>
  Array.from({ length }, (_, index) => `wamid.${name}.${index}`);

describe("more webhooks than the database can take", () => {
  it("F26 live messages pass a backlog that is still being stored", async () => {
    const { companyId, number } = await newCompany(db);
    const { post } = receiver(PATIENT);
    const answered: string[] = [];
    const send = async (kind: string, body: unknown) => {
      const { status } = await post(body);
      answered.push(`${kind} ${status}`);
    };
    const backlog = Array.from({ length: 4 }, (_, index) =>
      send("bulk", bodyOf("1", number, wamidsOf(`backlog${index}`, 1000))),
    );
    const live = Array.from({ length: 5 }, (_, index) =>
      send("live", bodyOf("1", number, [`wamid.live.${index}`])),
    );
    await Promise.all(live);
    expect(answered.filter((one) => one === "live 200")).toHaveLength(5);
    expect(answered.filter((one) => one.startsWith("bulk")).length).toBeLessThan(4);
    await Promise.all(backlog);
    expect(answered.filter((one) => one === "bulk 200")).toHaveLength(4);
    expect(await rowsOf(companyId)).toEqual({ all: 4005, distinct: 4005 });
  });

  it("F100 one business floods and another's messages are all taken", async () => {
    const flooding = await newCompany(db);
    const other = await newCompany(db);
    const { post } = receiver(PATIENT);
    const flood = wamidsOf("flood", 300).map((wamid) =>
      post(bodyOf("1", flooding.number, [wamid])),
    );
    for (const wamid of wamidsOf("other", 10)) {
      expect((await post(bodyOf("2", other.number, [wamid]))).status).toBe(200);
    }
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const taken = statuses.filter((status) => status === 200).length;
    expect(await rowsOf(flooding.companyId)).toEqual({ all: taken, distinct: taken });
    expect(await rowsOf(other.companyId)).toEqual({ all: 10, distinct: 10 });
  });

  if (engine === "postgres") {
    it("F21 the pool is exhausted and a table locked: each gets 503 soon, and its retry 200", async () => {
      const { companyId, number } = await newCompany(db);
      const { post, events } = receiver(IMPATIENT);
      const bodies = wamidsOf("pool", 200).map((wamid, index) =>
        bodyOf(`${index % 20}`, number, [wamid]),
      );
      const unlock = await lockMessages();
      const queries = Array.from({ length: 10 }, () => rowsOf(companyId));

      const answers = await Promise.all(bodies.map(post));

      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
      for (const { headers } of answers) expect(Number(headers.get("retry-after"))).toBe(30);
      const reasons = events.map(({ event, reason }) => `${event} ${reason}`);
      expect(reasons.filter((reason) => reason === "webhook.deferred full")).toHaveLength(100);
      expect(reasons.filter((reason) => reason === "webhook.deferred late")).toHaveLength(100);

      await unlock();
      await Promise.all(queries);
      for (const body of bodies) await retryUntilTaken(() => post(body));
      expect(await rowsOf(companyId)).toEqual({ all: 200, distinct: 200 });
    });

    it("F21 what was answered 503 goes on, and is told in the log when it is stored", async () => {
      const { companyId, number } = await newCompany(db);
      const { post, events } = receiver(IMPATIENT);
      const unlock = await lockMessages();
      expect((await post(bodyOf("1", number, ["wamid.late"]))).status).toBe(503);
      await unlock();
      await expect
        .poll(() => events)
        .toMatchObject([
          { event: "webhook.deferred", reason: "late" },
          { event: "webhook.received", messages: 1 },
        ]);
      expect(await rowsOf(companyId)).toEqual({ all: 1, distinct: 1 });
      await retryUntilTaken(() => post(bodyOf("1", number, ["wamid.late"])));
      expect(events.at(-1)).toMatchObject({ messages: 0, duplicates: 1 });
    });
  }
});

/** As Meta does, only sooner. */
async function retryUntilTaken(post: () => Promise<Response>): Promise<void> {
  while ((await post()).status !== 200) await sleep(50);
}

/** Locks the table from a connection of its own, as a migration might. */
async function lockMessages(): Promise<() => Promise<void>> {
  const client = postgres(process.env.DATABASE_URL ?? "", { max: 1 });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let locked = () => {};
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const lock = client.begin(async (sql) => {
    await sql`lock table messages in access exclusive mode`;
    locked();
    await released;
  });
  await Promise.race([isLocked, lock]);
  return async () => {
    release();
    await lock;
    await client.end();
  };
}
