import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, engine } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addAccount, addCompany, addInbox } from "#tests/support/rows.server.ts";
import { isTimeout } from "../database-errors.server.ts";
import { searchInbox } from "./search.server.ts";
import { searchWords } from "./search-words.ts";
import { search } from "./testing/search.server.ts";

afterAll(closeDatabase);

describe("what a search reaches", () => {
  it("F89 is nothing of another company, and nothing of other numbers", async () => {
    const inbox = await addInbox(db, { name: "Ana" });
    await inbox.add({ body: "secret" });
    const { scope, account } = inbox;
    const stranger = await addInbox(db);
    const foreign = { scope: stranger.scope, account };
    const other = { scope, account: await addAccount(scope) };
    const numbers = { all: [other.account.id], listed: [other.account.id], isWholeCompany: false };
    for (const typed of ["secret", "ana"]) {
      const words = searchWords(typed) ?? expect.fail();
      const found = await search(inbox, typed);
      expect(found.contacts.length + found.messages.length).toBe(1);
      for (const isWholeCompany of [true, false]) {
        for (const { scope, listed } of [
          { scope: stranger.scope, listed: [stranger.account.id] },
          { scope: foreign.scope, listed: [account.id] },
        ]) {
          const page = await searchInbox(scope, { all: listed, listed, isWholeCompany }, words);
          expect(page).toEqual({ unread: 0, contacts: [], messages: [], next: null });
        }
      }
      expect(await searchInbox(other.scope, numbers, words)).toMatchObject({
        contacts: [],
        messages: [],
      });
    }
  });

  it("is nothing at all without a number", async () => {
    const scope = await addCompany(db);
    const words = searchWords("ana") ?? expect.fail();
    const page = await searchInbox(scope, { all: [], listed: [], isWholeCompany: false }, words);
    expect(page).toEqual({ unread: 0, contacts: [], messages: [], next: null });
  });
});

// The embedded database knows no statement_timeout.
if (engine === "postgres") {
  it("a search that the database gives up is known as that", async () => {
    const { scope, account } = await addInbox(db);
    const numbers = { all: [account.id], listed: [account.id], isWholeCompany: false };
    const words = searchWords("ana") ?? expect.fail();
    const failure = await db.transaction(async (locking) => {
      await locking.execute(sql`lock table messages in access exclusive mode`);
      const searching = db.transaction(async (db) => {
        await db.execute(sql`set local statement_timeout = '100ms'`);
        return searchInbox({ ...scope, db }, numbers, words);
      });
      return searching.catch((error: unknown) => error);
    });
    expect(isTimeout(failure)).toBe(true);
  });
}
