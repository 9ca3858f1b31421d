import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { log } from "#app/process/log.server.ts";
import { auditEvents, rateLimits, sessions } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany, addUser, TEST_PASSWORD } from "#tests/support/rows.server.ts";
import { cookieOf } from "#tests/support/sign-in.server.ts";
import { action } from "./login.tsx";

beforeEach(() => db.delete(rateLimits));
afterAll(closeDatabase);

const ATTACKER = "198.51.100.1";
const HOME = "203.0.113.1";

async function post(email: string, password: string, clientAddress: string, cookie = "") {
  const body = new URLSearchParams({ email, password }).toString();
  const request = new Request("http://localhost/login", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": `${Buffer.byteLength(body)}`,
      Cookie: cookie,
    },
    body,
  });
  const answer = await action({ request, params: {}, context: { clientAddress } });
  return "init" in answer
    ? { status: answer.init?.status, data: answer.data, headers: new Headers(answer.init?.headers) }
    : { status: answer.status, data: null, headers: answer.headers };
}

async function attack(email: string, times: number) {
  const answers = [];
  for (let count = 0; count < times; count += 1) {
    answers.push(await post(email, `wrong ${count}`, ATTACKER));
  }
  return answers;
}

async function setUp() {
  const scope = await addCompany(db);
  const user = await addUser(scope);
  const events = async () => {
    const ofCompany = eq(auditEvents.companyId, scope.companyId);
    const rows = await db.select().from(auditEvents).where(ofCompany).orderBy(auditEvents.id);
    return rows.map(({ kind, actorUserId, subjectUserId, address }) => {
      const who = actorUserId === user.id ? "by them" : subjectUserId === user.id ? "to them" : "";
      return `${kind} ${who} ${address}`;
    });
  };
  return { scope, user, events };
}

/** The cookie of a browser in which they have signed in before, and signed out. */
async function knownBrowser(email: string): Promise<string> {
  const { headers } = await post(email, TEST_PASSWORD, HOME);
  return (
    headers
      .getSetCookie()
      .map(cookieOf)
      .find((cookie) => cookie.startsWith("device=")) ?? ""
  );
}

describe("F81 after a hundred bad logins", () => {
  it("ten were looked at, and the right password isn't either, for a quarter of an hour", async () => {
    const { scope, user } = await setUp();
    const answers = await attack(user.email, 100);
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 401),
      ...Array.from({ length: 90 }, () => 429),
    ]);
    const last = await post(user.email, TEST_PASSWORD, ATTACKER);
    expect(last.status).toBe(429);
    expect(last.data?.error).toBe(
      "There were too many wrong passwords. Wait 15 minutes, then try again.",
    );
    expect(Number(last.headers.get("Retry-After"))).toBeGreaterThan(880);
    expect(last.headers.get("Set-Cookie")).toBeNull();
    expect(await db.$count(sessions, eq(sessions.companyId, scope.companyId))).toBe(0);
  });

  it("the owner gets in: from another address, and in a known browser from the attacker's, too", async () => {
    const { user } = await setUp();
    const cookie = await knownBrowser(user.email);
    await attack(user.email, 100);
    expect(await post(user.email, TEST_PASSWORD, ATTACKER, cookie)).toMatchObject({ status: 302 });
    expect(await post(user.email, TEST_PASSWORD, HOME)).toMatchObject({ status: 302 });
  });

  it("somebody else's known browser is of no use for it", async () => {
    const { user } = await setUp();
    const { user: other } = await setUp();
    const cookie = await knownBrowser(other.email);
    await attack(user.email, 11);
    expect(await post(user.email, TEST_PASSWORD, ATTACKER, cookie)).toMatchObject({ status: 429 });
  });

  it("F82 nobody learns from the answers whether there is such an account", async () => {
    const { user } = await setUp();
    const plain = (answers: Awaited<ReturnType<typeof attack>>) =>
      answers.map(({ status, data }) => ({ status, data }));
    const known = plain(await attack(user.email, 12));
    await db.delete(rateLimits);
    expect(plain(await attack("nobody@company.test", 12))).toEqual(known);
  });
});

describe("the audit log", () => {
  it("tells of sign-ins, of refused ones, and once of too many", async () => {
    const { user, events } = await setUp();
    await post(user.email, TEST_PASSWORD, HOME);
    await attack(user.email, 13);
    const expected = [
      `session.started by them ${HOME}`,
      ...Array.from({ length: 10 }, () => `session.refused to them ${ATTACKER}`),
      `session.throttled to them ${ATTACKER}`,
    ];
    await expect.poll(async () => (await events()).sort()).toEqual(expected.sort());
  });

  it("tells nothing of an account that there isn't, and the log doesn't tell its address", async () => {
    const { user } = await setUp();
    const warned = vi.spyOn(log, "warn");
    const before = await db.$count(auditEvents);
    await attack("nobody@company.test", 11);
    await attack(user.email, 1);
    await expect.poll(() => db.$count(auditEvents)).toBe(before + 1);
    await expect.poll(() => warned.mock.calls).toHaveLength(11);
    const line = (event: string) => [{ event, address: ATTACKER }];
    expect(warned.mock.calls).toEqual([
      ...Array.from({ length: 10 }, () => line("session.refused")),
      line("session.throttled"),
    ]);
  });
});
