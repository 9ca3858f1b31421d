import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import type { Db } from "#db/open.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { db } from "#db/testing/owner.ts";
import { scansOf } from "#db/testing/scans.ts";
import { addAccount, addCompany } from "#tests/support/rows.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import { searchInbox } from "../search/search.server.ts";
import { searchWords } from "../search/search-words.ts";
import { listConversations, type NumberSelection } from "./conversation-list.server.ts";

afterAll(closeDatabase);

const CONVERSATIONS = 2_000;
let scope: CompanyScope;
let all: number[];

beforeAll(async () => {
  scope = await addCompany(db);
  all = [(await addAccount(scope)).id, (await addAccount(scope)).id];
  await fill(scope, all);
});

/** Two thousand conversations of five messages each, over two years. */
async function fill({ companyId }: CompanyScope, [first, second]: number[]) {
  for (const statement of [
    sql`insert into contacts (company_id, wa_id, name)
      select ${companyId}, 15550100000 + n, 'Guest ' || n from generate_series(1, ${sql.raw(`${CONVERSATIONS}`)}) n`,
    sql`insert into conversations (company_id, account_id, contact_id, last_message_at, unread_count)
      select company_id, case when id % 2 = 0 then ${first}::bigint else ${second}::bigint end, id,
        timestamptz '2026-05-01' - id * interval '8 hours', case when id % 40 = 0 then 1 else 0 end
      from contacts where company_id = ${companyId}`,
    sql`insert into messages (company_id, account_id, conversation_id, wamid, direction, type, body, sent_at)
      select company_id, account_id, id, id || '-' || n, 'inbound', 'text',
        'hello order ' || id || case when n = 0 then ' needle' else '' end, last_message_at - n * interval '1 minute'
      from conversations, generate_series(0, 4) n where company_id = ${companyId}`,
    sql`analyze contacts, conversations, messages`,
  ]) {
    await rows(db, statement);
  }
}

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  Plans?: Node[];
}

/** The steps of the one statement that the work runs, as PostgreSQL took them. */
async function stepsOf(work: (scope: CompanyScope) => Promise<unknown>): Promise<Node[]> {
  const queries: SQL[] = [];
  const { companyId, db } = scope;
  const spy = {
    execute: (query: SQL) => {
      queries.push(query);
      return db.execute(query);
    },
  };
  await work({ companyId, db: spy as unknown as Db });
  expect(queries).toHaveLength(1);
  const explain = sql`explain (analyze, costs off, timing off, format json) ${queries[0]}`;
  const [row] = (await rows(db, explain)) as { "QUERY PLAN": [{ Plan: Node }] }[];
  const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
  return row ? flatten(row["QUERY PLAN"][0].Plan) : [];
}

const indexes = (steps: Node[]) => steps.flatMap((step) => step["Index Name"] ?? []);
const rowsRead = (steps: Node[]) =>
  steps
    .filter((step) => step["Relation Name"])
    .reduce((sum, step) => sum + step["Actual Rows"] * step["Actual Loops"], 0);

function expectNoSequentialScan(steps: Node[]) {
  expect(steps.filter((step) => step["Node Type"] === "Seq Scan")).toEqual([]);
}

describe("a page of the list", () => {
  const whole = (): NumberSelection => ({ all, listed: all, isWholeCompany: true });

  it.each([
    ["an admin", () => whole(), {}, "conversations_last_message_index"],
    [
      "an agent",
      () => ({ ...whole(), isWholeCompany: false }),
      {},
      "conversations_account_last_message_index",
    ],
    ["what is unread", () => whole(), { unreadOnly: true }, "conversations_unread_index"],
    [
      "a later page",
      () => whole(),
      { after: { micros: 1.7e15, id: 7 } },
      "conversations_last_message_index",
    ],
  ])(
    "for %s reads an index in its order, and as many rows as it shows",
    async (_who, numbers, page, index) => {
      const steps = await stepsOf((scope) => listConversations(scope, numbers(), page));
      expectNoSequentialScan(steps);
      expect(indexes(steps)).toContain(index);
      expect(indexes(steps)).toContain("messages_conversation_index");
      // 31 conversations of each number, with contact and last line, and the count of unread ones.
      expect(rowsRead(steps)).toBeLessThan(400);
    },
  );
});

describe("a search", () => {
  const search = (typed: string, isWholeCompany = true) =>
    scope.db.transaction(async (tx) => {
      const words = searchWords(typed) ?? expect.fail();
      const numbers = { all, listed: all, isWholeCompany };
      return scansOf(tx, () => searchInbox({ ...scope, db: tx }, numbers, words));
    });

  it.each([
    ["a word of all messages", "hello"],
    ["the beginning of one", "hel"],
    ["a word of every fifth", "needle"],
    ["a word of none", "zebra"],
    ["a contact", "guest"],
    ["a number", "+1 555 010 0777"],
    ["a phrase", '"hello order"'],
  ])("for %s asks both search indexes, and reads no table whole", async (_what, typed) => {
    for (const isWholeCompany of [true, false]) {
      const { indexes, tables } = await search(typed, isWholeCompany);
      expect([...indexes.keys()]).toEqual(
        expect.arrayContaining(["contacts_search_index", "messages_search_index"]),
      );
      expect(tables).toEqual([]);
    }
  });

  it("for a common word reads the newest weeks only", async () => {
    const { indexes } = await search("hello");
    // Of ten thousand: a week has a hundred, and the first of them may have begun just now.
    expect(indexes.get("messages_search_index")).toBeLessThan(600);
  });
});
