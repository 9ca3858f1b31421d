import { and, count, eq, isNotNull, isNull, like, sql } from "drizzle-orm";
import fc from "fast-check";
import { receiveWebhook } from "#app/whatsapp/webhook/receive.server.ts";
import type { Db, DutyDb } from "#db/handles.server.ts";
import { conversations, messages } from "#db/schema.ts";
import { oddJson } from "#tests/support/odd-json.ts";
import { APP_SECRET, change, text, webhookRequest } from "#tests/support/webhooks.ts";
import { everyType, SAME_SENDER, SAME_USER, SAME_WAMID } from "./every-type.ts";

const PAYLOADS_PER_POST = 100;
/** So many of a hundred payloads are a POST of their own, where the mutation is at its root too. */
const ALONE = 2;
const CANARIES_PER_POST = 3;
const MOST_REPORTED = 10;
const MAX_MUTATIONS = 4;
const POSTS_BEFORE_ANALYSIS = 25;

export interface MutationsOutcome {
  payloads: number;
  posts: number;
  /** Statuses other than 200 and exceptions, the first few, with what they answered. */
  failures: string[];
  /** Healthy messages that came with odd ones and were not stored. */
  missing: string[];
  listedWithoutMessage: number;
}

/**
 * Sends mutated webhooks of every type through receiveWebhook. Most share a POST with others and
 * with healthy messages, its canaries, before, between and after them.
 *
 * @param options.db the owner's; has the account PHONE_NUMBER_ID, and is only used by this
 * @param options.webhooks of the same database, of the duty "webhook"
 * @param options.seed the same one makes the same payloads
 */
export async function receiveMutations(options: {
  db: Db;
  webhooks: DutyDb;
  payloads: number;
  seed: number;
  concurrency: number;
}): Promise<MutationsOutcome> {
  const { db, webhooks, payloads, seed, concurrency } = options;
  const failures: string[] = [];
  const report = (failure: string) =>
    void (failures.length < MOST_REPORTED && failures.push(failure));
  const onRejection = (reason: unknown) => report(`unhandled rejection: ${reason}`);
  const bodies = posts(payloads, seed);
  let sent = 0;
  let batches = 0;
  const worker = async () => {
    for (const { body, canaries } of bodies) {
      sent += 1;
      if (Number.isInteger(Math.log2(sent / POSTS_BEFORE_ANALYSIS))) await analyse(db);
      if (canaries) batches += 1;
      const failure = await failureOf(body, webhooks);
      if (failure) report(failure);
    }
  };
  process.on("unhandledRejection", onRejection);
  await Promise.all(Array.from({ length: concurrency }, worker));
  process.off("unhandledRejection", onRejection);
  return {
    payloads,
    posts: sent,
    failures,
    missing: await missingCanaries(db, batches),
    listedWithoutMessage: await countEmptyConversations(db),
  };
}

/** As autovacuum does within a minute; until then the planner takes the tables for empty. */
async function analyse(db: Db): Promise<void> {
  await db.execute(sql`analyze`);
}

/** @returns undefined for a 200; else the answer, what was logged as an error, and the body's begin */
async function failureOf(body: string, db: DutyDb): Promise<string | undefined> {
  const errors: object[] = [];
  const log = { info: () => {}, warn: () => {}, error: (line: object) => void errors.push(line) };
  const answer = await receiveWebhook(webhookRequest(body), {
    db,
    secrets: [APP_SECRET],
    log,
  }).then(
    ({ status }) => status,
    (error) => error,
  );
  if (answer === 200) return undefined;
  return `${answer} ${JSON.stringify(errors)} to ${body.slice(0, 500)}`;
}

function* posts(payloads: number, seed: number): Generator<{ body: string; canaries: boolean }> {
  const mutated = fc.oneof(...everyType.map((payload) => oddJson(payload, MAX_MUTATIONS)));
  let batch = 0;
  for (let made = 0; made < payloads; made += PAYLOADS_PER_POST, batch += 1) {
    const numRuns = Math.min(PAYLOADS_PER_POST, payloads - made);
    const odd = fc.sample(mutated, { seed: seed + batch, numRuns });
    const own = (json: string, index: number) => named(json, made + index);
    yield* odd.slice(0, ALONE).map((value, index) => ({
      body: own(JSON.stringify(value), index),
      canaries: false,
    }));
    const entries = odd.slice(ALONE).flatMap((value, index) => {
      return entriesOf(value).map((entry) => own(JSON.stringify(entry), ALONE + index));
    });
    yield { body: withCanaries(entries, batch), canaries: true };
  }
}

function entriesOf(odd: unknown): unknown[] {
  const entry = typeof odd === "object" && odd !== null && "entry" in odd ? odd.entry : undefined;
  return Array.isArray(entry) ? Array.from(entry, (one) => one ?? null) : [odd];
}

/** Of its own, so that it isn't taken for a duplicate; from one of a thousand people. */
function named(json: string, index: number): string {
  const sender = String(15550101000 + (index % 1000));
  return json
    .replaceAll(SAME_WAMID, `wamid.odd.${index}`)
    .replaceAll(SAME_SENDER, sender)
    .replaceAll(SAME_USER, `US.${sender}`);
}

function withCanaries(entries: string[], batch: number): string {
  const from = String(15550103000 + (batch % 1000));
  const canaries = Array.from({ length: CANARIES_PER_POST }, (_, index) =>
    JSON.stringify({ id: "1", changes: [change([text(canary(batch, index), { from })])] }),
  );
  const [first, middle, last] = canaries;
  const half = Math.floor(entries.length / 2);
  const all = [first, ...entries.slice(0, half), middle, ...entries.slice(half), last];
  return `{"object":"whatsapp_business_account","entry":[${all.join(",")}]}`;
}

function canary(batch: number, index: number): string {
  return `wamid.canary.${batch}.${index}`;
}

async function missingCanaries(db: Db, batches: number): Promise<string[]> {
  const rows = await db
    .select({ wamid: messages.wamid })
    .from(messages)
    .where(like(messages.wamid, "wamid.canary.%"));
  const stored = new Set(rows.map(({ wamid }) => wamid));
  return Array.from({ length: batches * CANARIES_PER_POST }, (_, index) =>
    canary(Math.floor(index / CANARIES_PER_POST), index % CANARIES_PER_POST),
  )
    .filter((wamid) => !stored.has(wamid))
    .slice(0, MOST_REPORTED);
}

async function countEmptyConversations(db: Db): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(conversations)
    .leftJoin(
      messages,
      and(
        eq(messages.companyId, conversations.companyId),
        eq(messages.conversationId, conversations.id),
      ),
    )
    .where(and(isNull(messages.id), isNotNull(conversations.lastMessageAt)));
  return row?.count ?? 0;
}
