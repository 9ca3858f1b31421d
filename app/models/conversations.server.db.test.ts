import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, db } from "#db/client.server.ts";
import { findConversation, listConversations } from "./conversations.server.ts";
import { addAccount, addCompany, addConversation, addUser } from "./testing.server.ts";

afterAll(closeDatabase);

/** A company with an admin, an agent, a number the agent is a member of, and one they are not. */
async function setUp() {
  const scope = await addCompany(db);
  const admin = await addUser(scope, { role: "admin" });
  const agent = await addUser(scope);
  const own = await addAccount(scope, [agent], { name: "Support" });
  const other = await addAccount(scope, [], { name: "Sales" });
  return { scope, admin, agent, own, other };
}

const minute = (minutes: number) => new Date(Date.UTC(2026, 4, 1, 12, minutes));

describe("listConversations", () => {
  it("lists an agent the conversations of their numbers, an admin those of the company", async () => {
    const { scope, admin, agent, own, other } = await setUp();
    const mine = await addConversation(scope, own);
    const theirs = await addConversation(scope, other);
    expect((await listConversations(scope, agent)).map(({ id }) => id)).toEqual([mine.id]);
    expect((await listConversations(scope, admin)).map(({ id }) => id).sort()).toEqual(
      [mine.id, theirs.id].sort(),
    );
  });

  it("F89 lists nothing of another company, even to its admin", async () => {
    const { scope, own } = await setUp();
    await addConversation(scope, own);
    const stranger = await setUp();
    expect(await listConversations(stranger.scope, stranger.admin)).toEqual([]);
    expect(await listConversations(stranger.scope, stranger.agent)).toEqual([]);
  });

  it("puts the latest first, equal times in a fixed order, and those without a message last", async () => {
    const { scope, agent, own } = await setUp();
    const silent = await addConversation(scope, own);
    const old = await addConversation(scope, own, { lastMessageAt: minute(1) });
    const twinA = await addConversation(scope, own, { lastMessageAt: minute(3) });
    const twinB = await addConversation(scope, own, { lastMessageAt: minute(3) });
    const latest = await addConversation(scope, own, { lastMessageAt: minute(9) });
    const order = (await listConversations(scope, agent)).map(({ id }) => id);
    expect(order).toEqual([latest.id, twinB.id, twinA.id, old.id, silent.id]);
  });

  it("lists at most 100", async () => {
    const { scope, agent, own } = await setUp();
    for (let i = 0; i < 101; i++) await addConversation(scope, own);
    expect(await listConversations(scope, agent)).toHaveLength(100);
  });
});

describe("findConversation", () => {
  it("finds one with its contact's and its number's name", async () => {
    const { scope, agent, own } = await setUp();
    const contact = { name: "Ana" };
    const lastMessageAt = minute(1);
    const { id } = await addConversation(scope, own, { contact, lastMessageAt });
    expect(await findConversation(scope, agent, id)).toEqual({
      id,
      contactName: "Ana",
      accountName: "Support",
      lastMessageAt,
    });
  });

  it.each([
    [{ name: null, waId: "15550104711" }, "+15550104711"],
    [{ name: "", waId: "15550104712" }, "+15550104712"],
    [{ name: null, waId: "15550104713", username: "ana.test" }, "+15550104713"],
    [{ name: null, waId: null, username: "ana.test" }, "@ana.test"],
    [{ name: null, waId: null }, "Unknown contact"],
    [{ kind: "group" as const, name: null, waId: null }, "Group"],
    [{ kind: "group" as const, name: "Crew", waId: null }, "Crew"],
  ])("calls a contact like %j %s", async (contact, contactName) => {
    const { scope, agent, own } = await setUp();
    const { id } = await addConversation(scope, own, { contact });
    expect(await findConversation(scope, agent, id)).toMatchObject({ contactName });
  });

  it("F73 does not find another company's", async () => {
    const { scope, own } = await setUp();
    const { id } = await addConversation(scope, own);
    const stranger = await setUp();
    expect(await findConversation(stranger.scope, stranger.admin, id)).toBeUndefined();
    expect(await findConversation(stranger.scope, stranger.agent, id)).toBeUndefined();
  });

  it("F74 does not find one of a number that the agent is no member of", async () => {
    const { scope, admin, agent, other } = await setUp();
    const { id } = await addConversation(scope, other);
    expect(await findConversation(scope, agent, id)).toBeUndefined();
    expect(await findConversation(scope, admin, id)).toMatchObject({ id });
  });

  it("F87 goes by the role of the moment, not by the person", async () => {
    const { scope, admin, other } = await setUp();
    const { id } = await addConversation(scope, other);
    expect(await findConversation(scope, { ...admin, role: "agent" }, id)).toBeUndefined();
  });
});
