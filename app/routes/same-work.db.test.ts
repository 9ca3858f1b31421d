import { PgliteSession } from "drizzle-orm/pglite";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeDatabase, engine } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addInbox, addUser } from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import * as media from "./files/media.$mediaId.tsx";
import * as view from "./files/media.$mediaId_.view.tsx";
import * as conversation from "./inbox/conversations.$conversationId.tsx";
import * as news from "./inbox/conversations.$conversationId_.news.tsx";

const FOREIGN_FILE = "622684793477183";
const MISSING_FILE = "622684793477184";
const MISSING = 999_999_999;

let cookie: string;
let foreign: number;
beforeAll(async () => {
  cookie = await signIn(await addUser((await addInbox(db)).scope));
  const other = await addInbox(db);
  foreign = other.conversation.id;
  await other.add({ type: "image", mediaId: FOREIGN_FILE, mediaMimeType: "image/jpeg" });
});
afterAll(closeDatabase);

const form = { method: "POST", body: new URLSearchParams({ intent: "read", through: "1" }) };

it.each([
  ["the page of a conversation", "", (id: string) => conversation.loader(asked(id))],
  ["a form of a conversation", "", (id: string) => conversation.action(asked(id, form))],
  ["the news of a conversation", "", (id: string) => news.loader(asked(id))],
  ["a file", "file", (id: string) => media.loader(asked(id))],
  ["the page of a file", "file", (id: string) => view.loader(asked(id))],
])(
  "F76 %s has the database do the same for another company's id as for none",
  async (_, of, ask) => {
    const [theirs, none] =
      of === "file" ? [FOREIGN_FILE, MISSING_FILE] : [`${foreign}`, `${MISSING}`];
    const statements = await statementsOf(() => ask(none));
    expect(statements.length).toBeGreaterThan(0);
    expect(await statementsOf(() => ask(theirs))).toEqual(statements);
  },
);

/** All that goes to the database until a request is answered with 404. */
async function statementsOf(ask: () => Promise<unknown>): Promise<string[]> {
  const session = engine === "postgres" ? PostgresJsSession : PgliteSession;
  const spy = vi.spyOn(session.prototype, "prepareQuery");
  const answer = await ask().catch((thrown) => thrown);
  const statements = spy.mock.calls.map(([{ sql }]) => sql);
  spy.mockRestore();
  expect(answer).toMatchObject({ status: 404 });
  return statements;
}

function asked(id: string, init: RequestInit = {}) {
  const request = new Request(`http://localhost/x/${id}?after=0`, {
    ...init,
    headers: { Cookie: cookie },
  });
  return { request, params: { conversationId: id, mediaId: id }, context: {} };
}
