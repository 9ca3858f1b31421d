import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { afterAll, expect, it } from "vitest";
import { closeDatabase, db } from "#db/client.server.ts";
import { rows } from "#db/rows.server.ts";
import { contactHits } from "./search-contacts.server.ts";
import { messageHits } from "./search-messages.server.ts";
import { type SearchWords, searchWords } from "./search-words.ts";

afterAll(closeDatabase);

const COMPANY = 1;
const reach = { all: [1], listed: [1], isWholeCompany: true };

it.each([
  ["hello", ["contacts_search_index"]],
  ['"thanks for" -order', ["contacts_search_index"]],
  ["15550100", ["contacts_search_index", "contacts_wa_id_unique"]],
])(
  "a search for %j reads by the words and the number only, however the company's size is judged",
  async (typed, contactIndexes) => {
    const words = searchWords(typed) as SearchWords;
    expect(await indexesOn("messages", messageHits(COMPANY, reach, words, undefined))).toEqual([
      "messages_search_index",
    ]);
    expect(await indexesOn("contacts", contactHits(COMPANY, reach.listed, words))).toEqual(
      contactIndexes,
    );
  },
);

/** Of a plan for any values, as the server's connections make it, on tables too large to be read whole. */
async function indexesOn(table: string, query: SQL): Promise<string[]> {
  const { sql: text, params } = new PgDialect({ casing: "snake_case" }).sqlToQuery(
    sql`select ${query}`,
  );
  const found = await db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('plan_cache_mode', 'force_generic_plan', true),
        set_config('enable_seqscan', 'off', true)`,
    );
    await tx.execute(sql.raw(`prepare search as ${text}`));
    const values = params.map(literal).join(", ");
    const plan = await rows<{ "QUERY PLAN": string }>(
      tx,
      sql.raw(`explain (costs off) execute search (${values})`),
    );
    await tx.execute(sql.raw("deallocate search"));
    return plan.map(
      (row) => row["QUERY PLAN"].match(/Index (?:Only )?Scan (?:using|on) (\w+)/)?.[1],
    );
  });
  return found.filter(
    (index): index is string =>
      index?.startsWith(`${table}_`) === true && index !== "contacts_company_id_id_pk",
  );
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `'{${value.join(",")}}'`;
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}
