import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addInbox, addUser } from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import { loader } from "./conversations.$conversationId_.news.tsx";

afterAll(closeDatabase);

let inbox: Awaited<ReturnType<typeof addInbox>>;
let cookie: string;
let ids: number[];
beforeAll(async () => {
  inbox = await addInbox(db);
  cookie = await signIn(await addUser(inbox.scope, { role: "admin" }));
  ids = [];
  for (const body of ["one", "two", "three"]) ids.push((await inbox.add({ body })).id);
});

function ask(query: string, Cookie = cookie, conversationId = inbox.conversation.id) {
  const request = new Request(`http://inbox.test/news?${query}`, { headers: { Cookie } });
  const params = { conversationId: String(conversationId) };
  return loader({ request, params, context: {} });
}

it("gives the messages that came after one, late ones too, and changes nothing", async () => {
  await inbox.add({ body: "late", sentAt: new Date("2026-04-30T12:00:00Z") });
  const { data, init } = await ask(`after=${ids[1]}`);
  expect(data?.messages.map(({ body }) => body)).toEqual(["late", "three"]);
  expect(data?.messages.every(({ unread }) => !unread)).toBe(true);
  expect(new Headers(init?.headers).get("refresh")).toBeNull();
});

it("gives none when nothing came, and all of a conversation that had none", async () => {
  expect((await ask("after=999999999")).data?.messages).toEqual([]);
  expect((await ask("after=0")).data?.messages.length).toBeGreaterThanOrEqual(3);
});

it("is asked for again by the browser only where its reader wants that", async () => {
  const refresh = async (query: string) =>
    new Headers((await ask(query)).init?.headers).get("refresh");
  expect(await refresh("after=1&every=20")).toBe("20");
  expect(await refresh("after=1&every=1")).toBeNull();
  expect(await refresh("after=1&every=0;url=https://evil.test")).toBeNull();
});

it.each(["", "after=", "after=x", "after=-1", "after=1e9", "after=9999999999999999"])(
  "answers 400 to %j",
  async (query) => {
    await expect(ask(query)).rejects.toMatchObject({ status: 400 });
  },
);

it("tells the signed out that they are, in the frame", async () => {
  expect(await ask("after=1", "")).toMatchObject({ data: null, init: { status: 401 } });
});

it("gives nothing to another company's people, nor to whoever is no member of the number", async () => {
  const stranger = await signIn(await addUser((await addInbox(db)).scope, { role: "admin" }));
  await expect(ask("after=0", stranger)).rejects.toMatchObject({ status: 404 });
  const agent = await signIn(await addUser(inbox.scope));
  await expect(ask("after=0", agent)).rejects.toMatchObject({ status: 403 });
});
