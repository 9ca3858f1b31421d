import { eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { accountMembers, sessions, users } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addAccount, addCompany, addUser } from "#tests/support/rows.server.ts";
import { findSessionReaches } from "./session-reach.server.ts";
import { createSession } from "./sessions.server.ts";

afterAll(closeDatabase);

const NOW = new Date("2026-05-01T12:00:00Z");
let count = 0;

it("tells of many sessions at once what their owners may see now, and which are over", async () => {
  const scope = await addCompany(db);
  const admin = await addUser(scope, { role: "admin" });
  const agent = await addUser(scope);
  const left = await addUser(scope, { deactivatedAt: NOW });
  const [one, two] = [await addAccount(scope, [agent]), await addAccount(scope)];
  await addAccount(await addCompany(db));
  const session = async (userId: number, hours: number, lastUsedAt = NOW) => {
    const tokenHash = `hash ${++count}`;
    const expiresAt = new Date(NOW.getTime() + hours * 3_600_000);
    await createSession(scope, { tokenHash, userId, expiresAt });
    await db.update(sessions).set({ lastUsedAt }).where(eq(sessions.tokenHash, tokenHash));
    return tokenHash;
  };
  const keys = [
    await session(agent.id, 1),
    await session(admin.id, 1),
    await session(admin.id, 0),
    await session(left.id, 1),
    await session(agent.id, 1, new Date(NOW.getTime() - 3 * 24 * 3_600_000)),
    "unknown",
  ];

  expect(await findSessionReaches(scope, keys, NOW)).toEqual([
    { role: "agent", accountIds: [one.id] },
    { role: "admin", accountIds: [one.id, two.id] },
    ...[undefined, undefined, undefined, undefined],
  ]);
  const others = await addCompany(db);
  expect(await findSessionReaches(others, keys.slice(0, 2), NOW)).toEqual([undefined, undefined]);

  await db.delete(accountMembers).where(eq(accountMembers.userId, agent.id));
  await db.update(users).set({ role: "agent" }).where(eq(users.id, admin.id));
  expect(await findSessionReaches(scope, keys.slice(0, 2), NOW)).toEqual([
    { role: "agent", accountIds: [] },
    { role: "agent", accountIds: [] },
  ]);
  expect(await findSessionReaches(scope, [], NOW)).toEqual([]);
});
