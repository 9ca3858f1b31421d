import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { sessions, users } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany, addUser } from "#tests/support/rows.server.ts";
import { requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { startSession } from "./session.server.ts";
import { findViewer, requireViewer } from "./viewer.server.ts";

afterAll(closeDatabase);

const DAY_MS = 24 * 60 * 60 * 1000;

async function setUp() {
  const scope = await addCompany(db);
  const user = await addUser(scope);
  return { scope, user, cookie: await signIn(user) };
}

describe("a session", () => {
  it.each([
    ["has expired", { expiresAt: new Date(Date.now() - 1) }],
    ["has not been used for three days", { lastUsedAt: new Date(Date.now() - 3 * DAY_MS) }],
  ])("is nobody's when it %s", async (_, times) => {
    const { scope, cookie } = await setUp();
    await db.update(sessions).set(times).where(eq(sessions.companyId, scope.companyId));
    expect(await findViewer(requestWith(cookie))).toBeUndefined();
  });

  it("is kept from idling by pages, noted every five minutes, and by nothing else", async () => {
    const { scope, cookie } = await setUp();
    const ofCompany = eq(sessions.companyId, scope.companyId);
    const lastUsedAt = async () =>
      (await db.select().from(sessions).where(ofCompany))[0]?.lastUsedAt;
    const idle = new Date(Date.now() - 2 * DAY_MS);
    await db.update(sessions).set({ lastUsedAt: idle }).where(ofCompany);

    await findViewer(requestWith(cookie));
    expect(await lastUsedAt()).toEqual(idle);
    await requireViewer(requestWith(cookie), {});
    await expect.poll(async () => (await lastUsedAt())?.getTime()).toBeGreaterThan(idle.getTime());
    const noted = await lastUsedAt();
    await requireViewer(requestWith(cookie), {});
    await findViewer(requestWith(cookie));
    expect(await lastUsedAt()).toEqual(noted);
  });

  it("remembers the browser and its address, without what could disguise them", async () => {
    const { scope, user } = await setUp();
    const request = (userAgent: string) =>
      new Request("http://localhost/login", { headers: { "User-Agent": userAgent } });
    const owner = { companyId: user.companyId, userId: user.id };
    await startSession(owner, request(`Odd\tone ${"x".repeat(400)}`), {
      clientAddress: "203.0.113.7",
    });
    const rows = await db.select().from(sessions).where(eq(sessions.companyId, scope.companyId));
    expect(rows).toMatchObject([
      { userAgent: null, address: null },
      { userAgent: `Oddone ${"x".repeat(293)}`, address: "203.0.113.7" },
    ]);
  });

  it("F85 is nobody's from the next request on when the user is deactivated", async () => {
    const { scope, cookie } = await setUp();
    expect(await findViewer(requestWith(cookie))).toBeDefined();
    await db
      .update(users)
      .set({ deactivatedAt: new Date() })
      .where(eq(users.companyId, scope.companyId));
    expect(await findViewer(requestWith(cookie))).toBeUndefined();
  });

  it("F87 carries no role: a lowered one counts from the next request on", async () => {
    const scope = await addCompany(db);
    const user = await addUser(scope, { role: "admin" });
    const cookie = await signIn(user);
    await db.update(users).set({ role: "agent" }).where(eq(users.companyId, scope.companyId));
    expect(await findViewer(requestWith(cookie))).toMatchObject({ role: "agent" });
  });
});
