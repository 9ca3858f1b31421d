import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { findConversation, NotMemberError } from "./conversations.server.ts";

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

describe("findConversation", () => {
  it("finds one with its contact's and its number's name", async () => {
    const { scope, agent, own } = await setUp();
    const contact = { name: "Ana", waId: "15550104710" };
    const lastMessageAt = minute(1);
    const conversation = await addConversation(scope, own, {
      contact,
      lastMessageAt,
      lastInboundAt: lastMessageAt,
      unreadCount: 2,
    });
    const { id } = conversation;
    const unread = { unread: true, sentAt: lastMessageAt };
    await addMessage(scope, conversation, { sentAt: minute(0) });
    const first = await addMessage(scope, conversation, unread);
    await addMessage(scope, conversation, unread);
    expect(await findConversation(scope, agent, id)).toEqual({
      id,
      accountId: own.id,
      accountName: "Support",
      phoneNumberId: own.phoneNumberId,
      contactName: "Ana",
      contactNumber: "+15550104710",
      contactKind: "person",
      unreadCount: 2,
      firstUnreadId: first.id,
      lastInboundAt: lastMessageAt,
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

  it("F74 tells one of a number that the agent is no member of from a missing one", async () => {
    const { scope, admin, agent, other } = await setUp();
    const { id } = await addConversation(scope, other);
    await expect(findConversation(scope, agent, id)).rejects.toThrow(NotMemberError);
    expect(await findConversation(scope, agent, id + 1000)).toBeUndefined();
    expect(await findConversation(scope, admin, id)).toMatchObject({ id });
  });

  it("F87 goes by the role of the moment, not by the person", async () => {
    const { scope, admin, other } = await setUp();
    const { id } = await addConversation(scope, other);
    await expect(findConversation(scope, { ...admin, role: "agent" }, id)).rejects.toThrow(
      NotMemberError,
    );
  });
});
