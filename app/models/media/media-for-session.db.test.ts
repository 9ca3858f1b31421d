import { and, eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { accountMembers, sessions, users, whatsappAccounts } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addMessageFile,
  addUser,
} from "#tests/support/rows.server.ts";
import { createSession } from "../sessions/sessions.server.ts";
import { findMedia, findMediaForSession } from "./media.server.ts";

afterAll(closeDatabase);

const NOW = new Date("2026-05-01T12:00:00Z");
const THREE_DAYS_MS = 3 * 24 * 60 * 60 * 1000;
const later = (ms: number) => new Date(NOW.getTime() + ms);
let lastMediaId = 622684793477189;
let lastHash = 0;

/** A company with a file on a number that an agent is a member of. */
async function setUp() {
  const scope = await addCompany(db);
  const agent = await addUser(scope);
  const account = await addAccount(scope, [agent]);
  const conversation = await addConversation(scope, account);
  const mediaId = String(++lastMediaId);
  const message = await addMessage(scope, conversation, { type: "image", mediaId });
  const signIn = async (user: { id: number }, expiresAt = later(1)) => {
    const tokenHash = (++lastHash).toString(16).padStart(64, "0");
    await createSession(scope, { tokenHash, userId: user.id, expiresAt });
    return tokenHash;
  };
  return { scope, agent, account, conversation, mediaId, message, signIn };
}

describe("findMediaForSession", () => {
  it("finds what findMedia finds, and says for whom", async () => {
    const { agent, mediaId, message, scope, signIn } = await setUp();
    const found = await findMediaForSession(scope, await signIn(agent), mediaId, NOW);
    expect(found).toEqual({
      user: { id: agent.id },
      lastUsedAt: expect.any(Date),
      media: await findMedia(scope, agent, mediaId),
    });
    expect(found?.media).toMatchObject({ messageId: message.id, companyId: scope.companyId });
  });

  it("F74 F87 tells forbidden of a number that the agent is no member of, and goes by now", async () => {
    const { account, agent, mediaId, message, scope, signIn } = await setUp();
    const tokenHash = await signIn(agent);
    const ask = async () => (await findMediaForSession(scope, tokenHash, mediaId, NOW))?.media;
    const membership = and(
      eq(accountMembers.accountId, account.id),
      eq(accountMembers.userId, agent.id),
    );
    await db.delete(accountMembers).where(membership);
    expect(await ask()).toBe("forbidden");
    await db.update(users).set({ role: "admin" }).where(eq(users.id, agent.id));
    expect(await ask()).toMatchObject({ messageId: message.id });
    await db.update(users).set({ role: "agent" }).where(eq(users.id, agent.id));
    expect(await ask()).toBe("forbidden");
  });

  it("lets an admin see every number of the company", async () => {
    const { mediaId, message, scope, signIn } = await setUp();
    const admin = await addUser(scope, { role: "admin" });
    const found = await findMediaForSession(scope, await signIn(admin), mediaId, NOW);
    expect(found).toMatchObject({ user: { id: admin.id }, media: { messageId: message.id } });
  });

  it("F73 F89 tells unknown of another company's file, as of one that never was", async () => {
    const foreign = await setUp();
    const { scope, signIn } = await setUp();
    const admin = await addUser(scope, { role: "admin" });
    const tokenHash = await signIn(admin);
    for (const mediaId of [foreign.mediaId, "999999999999999"]) {
      expect(await findMediaForSession(scope, tokenHash, mediaId, NOW)).toEqual({
        user: { id: admin.id },
        lastUsedAt: expect.any(Date),
        media: "unknown",
      });
    }
  });

  it("F59 tells unknown of the empty id, also where messages have no file", async () => {
    const { agent, conversation, scope, signIn } = await setUp();
    await addMessage(scope, conversation, { type: "image", mediaId: null });
    const found = await findMediaForSession(scope, await signIn(agent), "", NOW);
    expect(found).toMatchObject({ user: { id: agent.id }, media: "unknown" });
  });

  it("tells unknown of a message that carries no file by its type", async () => {
    const { agent, conversation, scope, signIn } = await setUp();
    await addMessage(scope, conversation, { type: "unsupported", mediaId: "1" });
    const found = await findMediaForSession(scope, await signIn(agent), "1", NOW);
    expect(found?.media).toBe("unknown");
  });

  it("F74 finds a form's file, where it is within reach", async () => {
    const { account, agent, conversation, scope, signIn } = await setUp();
    const form = await addMessage(scope, conversation, { type: "interactive" });
    const { mediaId } = await addMessageFile(scope, form);
    const tokenHash = await signIn(agent);
    const ask = async () => (await findMediaForSession(scope, tokenHash, mediaId, NOW))?.media;
    expect(await ask()).toEqual(await findMedia(scope, agent, mediaId));
    expect(await ask()).toMatchObject({ messageId: form.id, kind: "image" });
    await db.delete(accountMembers).where(eq(accountMembers.accountId, account.id));
    expect(await ask()).toBe("forbidden");
  });

  it("says whether the number's token stands as refused", async () => {
    const { account, agent, mediaId, scope, signIn } = await setUp();
    const tokenHash = await signIn(agent);
    const ask = async () => (await findMediaForSession(scope, tokenHash, mediaId, NOW))?.media;
    expect(await ask()).toMatchObject({ tokenRefused: false });
    await db
      .update(whatsappAccounts)
      .set({ tokenRefusedAt: NOW, tokenRefusedReason: "code 190" })
      .where(eq(whatsappAccounts.id, account.id));
    expect(await ask()).toMatchObject({ tokenRefused: true });
  });
});

describe("F86 findMediaForSession knows nobody", () => {
  it("by a token that is of no session", async () => {
    const { mediaId, scope } = await setUp();
    for (const tokenHash of ["f".repeat(64), "", "' or 1=1 --"]) {
      expect(await findMediaForSession(scope, tokenHash, mediaId, NOW)).toBeUndefined();
    }
  });

  it("by a session that expires now or has expired", async () => {
    const { agent, mediaId, scope, signIn } = await setUp();
    const tokenHash = await signIn(agent, NOW);
    for (const now of [NOW, later(1), later(1e9)]) {
      expect(await findMediaForSession(scope, tokenHash, mediaId, now)).toBeUndefined();
    }
    expect(await findMediaForSession(scope, tokenHash, mediaId, later(-1))).toBeDefined();
  });

  it("by a session that has not been used for three days", async () => {
    const { agent, mediaId, scope, signIn } = await setUp();
    const tokenHash = await signIn(agent);
    const usedAt = async (ms: number) => {
      const lastUsedAt = later(ms - THREE_DAYS_MS);
      await db.update(sessions).set({ lastUsedAt }).where(eq(sessions.tokenHash, tokenHash));
      return findMediaForSession(scope, tokenHash, mediaId, NOW);
    };
    expect(await usedAt(0)).toBeUndefined();
    expect(await usedAt(1)).toBeDefined();
  });

  it("by a session that has ended", async () => {
    const { agent, mediaId, scope, signIn } = await setUp();
    const tokenHash = await signIn(agent);
    await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
    expect(await findMediaForSession(scope, tokenHash, mediaId, NOW)).toBeUndefined();
  });

  it("F85 by the session of somebody who is deactivated, admin or not", async () => {
    const { mediaId, scope, signIn } = await setUp();
    for (const role of ["admin", "agent"] as const) {
      const user = await addUser(scope, { role });
      const tokenHash = await signIn(user);
      expect(await findMediaForSession(scope, tokenHash, mediaId, NOW)).toBeDefined();
      await db.update(users).set({ deactivatedAt: NOW }).where(eq(users.id, user.id));
      expect(await findMediaForSession(scope, tokenHash, mediaId, NOW)).toBeUndefined();
    }
  });

  it("F73 by another company's session, also where both companies have the id", async () => {
    const first = await setUp();
    const second = await setUp();
    const { mediaId } = first;
    await addMessage(second.scope, second.conversation, { type: "image", mediaId });
    const tokenHash = await second.signIn(await addUser(second.scope, { role: "admin" }));
    expect(await findMediaForSession(first.scope, tokenHash, mediaId, NOW)).toBeUndefined();
    expect(await findMediaForSession(second.scope, tokenHash, mediaId, NOW)).toMatchObject({
      media: { companyId: second.scope.companyId },
    });
  });
});
