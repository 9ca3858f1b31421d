import { type SQL, sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { closeDatabase, forCompany } from "#app/process/database.server.ts";
import { scansOf } from "#db/testing/scans.ts";
import { contactHits } from "./search-contacts.server.ts";
import { messageHits } from "./search-messages.server.ts";
import { type SearchWords, searchWords } from "./search-words.ts";

afterAll(closeDatabase);

const COMPANY = 1;
const numbers = { all: [1], listed: [1], isWholeCompany: true };

it.each([
  ["hello", ["contacts_search_index"]],
  ['"thanks for" -order', ["contacts_search_index"]],
  ["15550100", ["contacts_search_index", "contacts_wa_id_unique"]],
])(
  "a search for %j reads by the words and the number only, however the company's size is judged",
  async (typed, contactIndexes) => {
    const words = searchWords(typed) as SearchWords;
    expect(await indexesOn("messages", messageHits(COMPANY, numbers, words, undefined))).toEqual([
      "messages_search_index",
    ]);
    expect(await indexesOn("contacts", contactHits(COMPANY, numbers.listed, words))).toEqual(
      contactIndexes,
    );
  },
);

/** Which are asked by a plan for any values, as the server's connections make it, of tables too large to be read whole. */
async function indexesOn(table: string, query: SQL): Promise<string[]> {
  const { indexes } = await forCompany(COMPANY).transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('plan_cache_mode', 'force_generic_plan', true),
        set_config('enable_seqscan', 'off', true)`,
    );
    return scansOf(tx, () => tx.execute(sql`select ${query}`));
  });
  return [...indexes.keys()].filter(
    (index) => index.startsWith(`${table}_`) && !index.endsWith("_pk"),
  );
}
