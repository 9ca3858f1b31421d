import { DrizzleQueryError } from "drizzle-orm/errors";
import { afterAll, describe, expect, it, vi } from "vitest";
import { requireViewer } from "#app/auth/viewer.server.ts";
import { flagRefusedToken } from "#app/models/numbers/account-health.server.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { log } from "#app/process/log.server.ts";
import { unpackConversations } from "#app/ui/page/packing.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import { loader } from "./conversations.tsx";

afterAll(closeDatabase);

type Person = Awaited<ReturnType<typeof addUser>>;

async function load(person: Person, query = "") {
  const { data } = await loader({
    request: await requestOf(person, query),
    params: {},
    context: {},
  });
  const { conversations, ...list } = data;
  return { ...list, conversations: unpackConversations(conversations) };
}

async function requestOf(person: Person, query: string) {
  const headers = { Cookie: await signIn(person) };
  return new Request(`http://localhost/conversations${query}`, { headers });
}

/** A company with an admin, an agent, a number the agent is a member of, and one they are not. */
async function setUp() {
  const scope = await addCompany(db);
  const admin = await addUser(scope, { role: "admin" });
  const agent = await addUser(scope);
  const own = await addAccount(scope, [agent], { name: "B Support" });
  const other = await addAccount(scope, [], { name: "A Sales" });
  const mine = await addConversation(scope, own, { unreadCount: 1, contact: { name: "Ana Own" } });
  const theirs = await addConversation(scope, other, {
    unreadCount: 1,
    contact: { name: "Ana Other" },
  });
  await addMessage(scope, mine, { body: "needle" });
  await addMessage(scope, theirs, { body: "needle" });
  return { scope, admin, agent, own, other, mine, theirs };
}

const ids = (list: { id: number }[]) => list.map(({ id }) => id).sort((a, b) => a - b);

describe("the list of conversations", () => {
  it("is an agent's numbers', an admin's company's, also what is unread and how many", async () => {
    const { admin, agent, mine, theirs } = await setUp();
    for (const query of ["", "?unread=1"]) {
      const agents = await load(agent, query);
      expect(ids(agents.conversations)).toEqual([mine.id]);
      expect(agents).toMatchObject({ unread: 1, accounts: [{ name: "B Support" }] });
      const admins = await load(admin, query);
      expect(ids(admins.conversations)).toEqual([mine.id, theirs.id]);
      expect(admins).toMatchObject({
        unread: 2,
        accounts: [{ name: "A Sales" }, { name: "B Support" }],
      });
    }
  });

  it("is one number's on demand; a number out of reach doesn't count", async () => {
    const { admin, agent, own, other, mine, theirs } = await setUp();
    const stranger = await setUp();
    const account = ({ id }: { id: number }) => `?account=${id}`;
    expect(ids((await load(admin, account(other))).conversations)).toEqual([theirs.id]);
    expect(ids((await load(admin, account(own))).conversations)).toEqual([mine.id]);
    for (const beyond of [other, stranger.own]) {
      const list = await load(agent, account(beyond));
      expect(ids(list.conversations)).toEqual([mine.id]);
      expect(list.parameters.account).toBeUndefined();
    }
  });

  it("is what a search finds within reach", async () => {
    const { admin, agent, own, mine, theirs } = await setUp();
    const [agents, admins, one] = [
      await load(agent, "?q=ana"),
      await load(admin, "?q=ana"),
      await load(admin, `?q=ana&account=${own.id}`),
    ];
    expect([agents, admins, one].map(({ contacts }) => ids(contacts))).toEqual([
      [mine.id],
      [mine.id, theirs.id],
      [mine.id],
    ]);
    expect((await load(agent, "?q=needle")).messages).toMatchObject([{ conversationId: mine.id }]);
    expect((await load(admin, "?q=needle")).messages).toHaveLength(2);
  });

  it("is empty for an agent without a number, whatever is asked for", async () => {
    const { scope } = await setUp();
    const newcomer = await addUser(scope);
    for (const query of ["", "?unread=1", "?q=ana", "?q=needle&page=1-1"]) {
      expect(await load(newcomer, query)).toMatchObject({
        accounts: [],
        unread: 0,
        conversations: [],
        contacts: [],
        messages: [],
        next: null,
      });
    }
  });

  it("takes whatever stands in its address", async () => {
    const { agent, mine } = await setUp();
    const odd = "page=1&account=%00&unread=2&q=%00&q=needle";
    for (const query of [`?${odd}`, `?page=${"9".repeat(16)}-1`, "?account=99999999999999999999"]) {
      expect(ids((await load(agent, query)).conversations)).toEqual([mine.id]);
    }
    const found = await load(agent, `?q=${encodeURIComponent(`"needle${"\u0000"} -`)}`);
    expect(found.messages).toHaveLength(1);
    expect((await load(agent, `?q=${"x".repeat(10_000)}`)).parameters.q).toHaveLength(200);
  });
});

describe("a search that fails in the database", () => {
  async function failWith(code: string) {
    const { agent, scope } = await setUp();
    const request = await requestOf(agent, "?q=needle");
    const context = {};
    // Who asks is known by then: the search is what comes next.
    await requireViewer(request, context);
    const cause = Object.assign(new Error("canceling statement"), { code });
    using _execute = vi
      .spyOn(scope.db, "execute")
      .mockRejectedValueOnce(new DrizzleQueryError("select", [], cause));
    return await loader({ request, params: {}, context });
  }

  it("because it takes too long is told in the list's place, and counted in the log", async () => {
    using warn = vi.spyOn(log, "warn");
    const { data, init } = await failWith("57014");
    expect(init?.status).toBe(503);
    expect(data).toMatchObject({
      tookTooLong: true,
      unread: 1,
      parameters: { q: "needle" },
      contacts: [],
      messages: [],
      next: null,
    });
    expect(warn.mock.calls).toEqual([
      [{ event: "search.timed_out", companyId: expect.any(Number), characters: 6 }],
    ]);
  });

  it("for another reason fails", async () => {
    await expect(failWith("57P01")).rejects.toThrow(DrizzleQueryError);
  });
});

it("F30 tells admins, and only those of the company, of an access token that WhatsApp refuses", async () => {
  const scope = await addCompany(db);
  const agent = await addUser(scope);
  const { phoneNumberId } = await addAccount(scope, [agent]);
  const stranger = await addUser(await addCompany(db), { role: "admin" });
  await flagRefusedToken(scope, phoneNumberId, "HTTP 401, code 190/463");
  const refusedFor = async (person: Person) => (await load(person)).refused;
  expect(await refusedFor(await addUser(scope, { role: "admin" }))).toMatchObject([
    { phoneNumberId },
  ]);
  expect(await refusedFor(agent)).toEqual([]);
  expect(await refusedFor(stranger)).toEqual([]);
});
