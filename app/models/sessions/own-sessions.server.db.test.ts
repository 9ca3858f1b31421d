import { and, eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { auditEvents, invitations, sessions, users } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany, addUser } from "#tests/support/rows.server.ts";
import { endOtherSessions, endOwnSession, listOwnSessions } from "./own-sessions.server.ts";
import { changePassword, findPasswordHash, SessionEndedError } from "./passwords.server.ts";
import { createSession } from "./sessions.server.ts";

afterAll(closeDatabase);

const NOW = new Date();
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

/** A person with three sessions, the first one this, the last one idle; a colleague with one. */
async function setUp() {
  const scope = await addCompany(db);
  const [{ id: userId }, colleague] = [await addUser(scope), await addUser(scope)];
  const add = async (ownerId: number, tokenHash: string, lastUsedAt: Date) => {
    const expiresAt = hoursAgo(-1);
    await createSession(scope, { tokenHash, userId: ownerId, expiresAt, address: "203.0.113.1" });
    await db
      .update(sessions)
      .set({ lastUsedAt })
      .where(and(eq(sessions.companyId, scope.companyId), eq(sessions.tokenHash, tokenHash)));
  };
  await add(userId, "this", hoursAgo(2));
  await add(userId, "other", hoursAgo(1));
  await add(userId, "idle", hoursAgo(72));
  await add(colleague.id, "colleague's", hoursAgo(1));
  const left = async () => {
    const rows = await db.select().from(sessions).where(eq(sessions.companyId, scope.companyId));
    return rows.map(({ tokenHash }) => tokenHash).sort();
  };
  const idOf = async (tokenHash: string) => {
    const own = and(eq(sessions.companyId, scope.companyId), eq(sessions.tokenHash, tokenHash));
    return (await db.select().from(sessions).where(own))[0]?.id ?? 0;
  };
  const events = async () => {
    const rows = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.companyId, scope.companyId))
      .orderBy(auditEvents.id);
    return rows.filter(({ kind }) => kind !== "session.started");
  };
  return { scope, userId, owner: { userId, tokenHash: "this" }, left, idOf, events };
}

describe("a person's sessions", () => {
  it("are listed, this one first, without those that are over and those of others", async () => {
    const { scope, owner } = await setUp();
    expect(await listOwnSessions(scope, owner, NOW)).toMatchObject([
      { isCurrent: true, address: "203.0.113.1", userAgent: null, lastUsedAt: hoursAgo(2) },
      { isCurrent: false, address: "203.0.113.1", userAgent: null, lastUsedAt: hoursAgo(1) },
    ]);
  });

  it("end one by one, once, and it is written down", async () => {
    const { scope, userId, left, idOf, events } = await setUp();
    const id = await idOf("other");
    expect(await endOwnSession(scope, userId, id, "203.0.113.9")).toBe(true);
    expect(await endOwnSession(scope, userId, id)).toBe(false);
    expect(await left()).toEqual(["colleague's", "idle", "this"]);
    const event = { kind: "session.revoked", actorUserId: userId, address: "203.0.113.9" };
    expect(await events()).toMatchObject([{ ...event, details: { sessions: 1 } }]);
  });

  it("F73 F89 are nobody else's to end, in this company or another", async () => {
    const { scope, userId, left, idOf } = await setUp();
    const stranger = await setUp();
    expect(await endOwnSession(scope, userId, await idOf("colleague's"))).toBe(false);
    expect(await endOwnSession(stranger.scope, userId, await idOf("other"))).toBe(false);
    expect(await endOwnSession(scope, userId, await stranger.idOf("other"))).toBe(false);
    const all = ["colleague's", "idle", "other", "this"];
    expect([await left(), await stranger.left()]).toEqual([all, all]);
  });

  it("end all but this one", async () => {
    const { scope, owner, left, events } = await setUp();
    expect(await endOtherSessions(scope, owner)).toBe(2);
    expect(await endOtherSessions(scope, owner)).toBe(0);
    expect(await left()).toEqual(["colleague's", "this"]);
    expect(await events()).toMatchObject([{ details: { sessions: 2 } }]);
  });
});

describe("another password", () => {
  const change = { passwordHash: "new hash", newTokenHash: "renewed" };

  it("ends all other sessions and links to choose one, and gives this one another token", async () => {
    const { scope, userId, owner, left, events } = await setUp();
    const { companyId } = scope;
    const link = { companyId, userId, tokenHash: "link", expiresAt: hoursAgo(-1) };
    await db.insert(invitations).values(link);
    await changePassword(scope, owner, change);
    expect(await findPasswordHash(scope, userId)).toBe("new hash");
    expect(await left()).toEqual(["colleague's", "renewed"]);
    expect(await db.$count(invitations, eq(invitations.companyId, companyId))).toBe(0);
    expect(await events()).toMatchObject([{ kind: "password.changed", actorUserId: userId }]);
  });

  it("is not set by a session that has ended meanwhile", async () => {
    const { scope, userId, owner, left, events } = await setUp();
    const before = await findPasswordHash(scope, userId);
    await endOwnSession(scope, userId, (await listOwnSessions(scope, owner, NOW))[0]?.id ?? 0);
    await expect(changePassword(scope, owner, change)).rejects.toThrow(SessionEndedError);
    expect(await findPasswordHash(scope, userId)).toBe(before);
    expect(await left()).toEqual(["colleague's", "idle", "other"]);
    expect(await events()).toMatchObject([{ kind: "session.revoked" }]);
  });

  it("is set by one of two sessions that want it at once", async () => {
    const { scope, userId, owner, left } = await setUp();
    const other = { userId, tokenHash: "other" };
    const done = await Promise.allSettled([
      changePassword(scope, owner, change),
      changePassword(scope, other, { passwordHash: "other hash", newTokenHash: "other renewed" }),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await left()).toHaveLength(2);
  });

  it("F89 is no other company's to set", async () => {
    const { scope, userId, owner } = await setUp();
    const before = await findPasswordHash(scope, userId);
    const stranger = await addCompany(db);
    await expect(changePassword(stranger, owner, change)).rejects.toThrow(SessionEndedError);
    expect(await findPasswordHash(stranger, userId)).toBeNull();
    const [user] = await db.select().from(users).where(eq(users.id, userId));
    expect(user?.passwordHash).toBe(before);
  });
});
