import "./environment.ts";
import { writeFile } from "node:fs/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { listConversations } from "#app/models/inbox/conversation-list.server.ts";
import { findConversation } from "#app/models/inbox/conversations.server.ts";
import { findMediaForSession } from "#app/models/media/media.server.ts";
import { listMessages } from "#app/models/messages/messages.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { createSession, findSessionUser } from "#app/models/sessions/sessions.server.ts";
import type { Options } from "#bench/run.ts";
import { POOL_SIZE } from "#db/config.ts";
import { migrateDatabase } from "#db/migrations.server.ts";
import { type Db, openDatabase } from "#db/open.server.ts";
import { ConnectionPool } from "#db/postgres/connection-pool.server.ts";
import { startCluster } from "#db/testing/cluster.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { figure, machine, table, today } from "./markdown.ts";
import { median } from "./statistics.ts";

const RESULTS = "bench/results/isolation.md";
const FILE = "622684793477189";
const AIM_MS = 1;
/** What a conversation's page asks, the most of all pages, one after the other. */
const PAGE = ["who asks", "a page of the list", "a conversation", "its messages"];

type Question = (scope: CompanyScope) => Promise<unknown>;

/**
 * What row-level security costs: the same questions on a handle of one company, as the app has it,
 * and on one that passes by all of it, in turns.
 */
export async function benchIsolation(options: Pick<Options, "rounds">): Promise<void> {
  const cluster = await startCluster();
  await migrateDatabase(cluster.url);
  const database = await openDatabase({ DATABASE_URL: cluster.url, DATA_DIR: "unused" });
  const bare = barePool(cluster.url);
  try {
    const { scope, questions } = await addQuestions(database);
    const without = { ...scope, db: bare.db };
    const rows = [];
    let request = 0;
    for (const [name, question] of Object.entries(questions)) {
      const figures = await compare(question, scope, without, Number(options.rounds));
      if (PAGE.includes(name)) request += figures.cost;
      rows.push([
        name,
        ...[figures.with, figures.without, figures.cost].map((ms) => figure(ms, 3)),
      ]);
    }
    const report = reportOf(rows, request);
    console.log(report);
    await writeFile(RESULTS, report);
  } finally {
    await bare.close();
    await database.close();
    await cluster.stop();
  }
}

function reportOf(rows: string[][], request: number): string {
  const verdict = request < AIM_MS ? "met" : "missed";
  return `# What row-level security costs

${today()}, ${machine()}. \`npm run bench -- isolation\`

The same question through a handle of one company (role, transaction, setting, policies) and through one without any of it, in turns; medians of milliseconds a question, one at a time.

${table(["question", "with", "without", "cost"], rows)}
A conversation's page asks the first four: ${figure(request, 2)} ms a request (aim: below ${AIM_MS} ms, ${verdict}).
`;
}

/** As the app's pool, without its role and settings. */
function barePool(url: string) {
  const connection = { plan_cache_mode: "force_generic_plan", jit: "off" };
  const pool = new ConnectionPool(
    (onclose) => postgres(url, { max: 1, max_lifetime: null, onclose, connection }),
    POOL_SIZE,
  );
  const client = pool.client() as unknown as postgres.Sql;
  const db = drizzle(client, { casing: "snake_case" }) as unknown as Db;
  return { db, close: () => pool.close({ timeout: 1 }) };
}

async function addQuestions(database: Awaited<ReturnType<typeof openDatabase>>) {
  const scope = await addCompany(database.forOwner());
  const user = await addUser(scope);
  const account = await addAccount(scope, [user]);
  let conversation = await addConversation(scope, account);
  for (let index = 0; index < 60; index++) conversation = await addConversation(scope, account);
  for (let index = 0; index < 200; index++)
    await addMessage(scope, conversation, { body: "Hello" });
  await addMessage(scope, conversation, { type: "image", mediaId: FILE });
  const session = { tokenHash: "bench", userId: user.id };
  await createSession(scope, { ...session, expiresAt: new Date(Date.now() + 86_400_000) });
  await database.forOwner().execute("analyze");
  const numbers = { all: [account.id], listed: [account.id], isWholeCompany: false };
  const questions: Record<string, Question> = {
    "who asks": (asked) => findSessionUser(asked, session.tokenHash, new Date()),
    "a page of the list": (asked) => listConversations(asked, numbers, {}),
    "a conversation": (asked) => findConversation(asked, user, conversation.id),
    "its messages": (asked) => listMessages(asked, conversation.id),
    "a file, and who asks": (asked) => findMediaForSession(asked, "bench", FILE, new Date()),
  };
  return { scope, questions };
}

const WARM_UP = 300;
const A_TURN = 50;
const TURNS = 60;

async function compare(ask: Question, scope: CompanyScope, without: CompanyScope, rounds: number) {
  const times: { with: number[]; without: number[] } = { with: [], without: [] };
  for (let turn = 0; turn < WARM_UP; turn++) {
    await ask(scope);
    await ask(without);
  }
  for (let turn = 0; turn < TURNS * rounds; turn++) {
    times.with.push(await timeOf(ask, scope));
    times.without.push(await timeOf(ask, without));
  }
  const [walled, bare] = [median(times.with), median(times.without)];
  return { with: walled, without: bare, cost: walled - bare };
}

/** Milliseconds a question, of a turn of them. */
async function timeOf(ask: Question, scope: CompanyScope): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < A_TURN; index++) await ask(scope);
  return (performance.now() - startedAt) / A_TURN;
}
