import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { passwordMatches } from "#app/auth/password.server.ts";
import { findViewer } from "#app/auth/viewer.server.ts";
import { findPasswordHash } from "#app/models/sessions/passwords.server.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { auditEvents, rateLimits } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany, addUser, TEST_PASSWORD } from "#tests/support/rows.server.ts";
import { cookieOf, requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { action, loader } from "./account.tsx";

beforeEach(() => db.delete(rateLimits));
afterAll(closeDatabase);

const NEW = "four words are fine";
const CHANGE = { intent: "password", current: TEST_PASSWORD, new: NEW, repeated: NEW };

async function setUp() {
  const scope = await addCompany(db);
  const user = await addUser(scope);
  const [cookie, other] = [await signIn(user), await signIn(user)];
  const isSignedIn = async (cookie: string) => Boolean(await findViewer(requestWith(cookie)));
  return { scope, user, cookie, other, isSignedIn };
}

const open = (cookie: string | undefined, path = "/account") =>
  loader({ request: requestWith(cookie, path), params: {}, context: {} });

async function post(cookie: string | undefined, fields: Record<string, string>) {
  const body = new URLSearchParams(fields).toString();
  const request = new Request("http://localhost/account", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": `${Buffer.byteLength(body)}`,
      ...(cookie && { Cookie: cookie }),
    },
    body,
  });
  const context = { clientAddress: "203.0.113.1" };
  const answer = await action({ request, params: {}, context });
  if (answer instanceof Response) {
    const { status, headers } = answer;
    return {
      status,
      location: headers.get("Location"),
      cookie: cookieOf(headers.get("Set-Cookie") ?? ""),
    };
  }
  return { status: answer.init?.status, error: answer.data.error };
}

describe("the account page", () => {
  it("is for whoever is signed in", async () => {
    await expect(open(undefined)).rejects.toMatchObject({ status: 302 });
    await expect(post(undefined, CHANGE)).rejects.toMatchObject({ status: 302 });
  });

  it("shows the person's sessions without their tokens, and what was done", async () => {
    const { user, cookie } = await setUp();
    const page = await open(cookie, "/account?done=others");
    expect(page).toMatchObject({ email: user.email, notice: "All other sessions have ended." });
    expect(page.sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
    expect(JSON.stringify(page)).not.toMatch(/[0-9a-f]{64}|argon2/);
    for (const done of ["", "x", "toString"]) {
      expect((await open(cookie, `/account?done=${done}`)).notice).toBeNull();
    }
  });

  it("F85 ends another session at once, and no session of somebody else", async () => {
    const { cookie, other, isSignedIn } = await setUp();
    const stranger = await setUp();
    const [, foreign] = (await open(stranger.cookie)).sessions;
    const [, second] = (await open(cookie)).sessions;
    for (const session of [`${foreign?.id}`, "0", "x", ""]) {
      expect(await post(cookie, { intent: "end", session })).toMatchObject({ status: 303 });
    }
    expect(await stranger.isSignedIn(stranger.other)).toBe(true);
    expect(await isSignedIn(other)).toBe(true);
    expect(await post(cookie, { intent: "end", session: `${second?.id}` })).toMatchObject({
      location: "/account?done=session",
    });
    expect([await isSignedIn(cookie), await isSignedIn(other)]).toEqual([true, false]);
  });

  it("ends all other sessions", async () => {
    const { user, cookie, other, isSignedIn } = await setUp();
    const third = await signIn(user);
    await post(cookie, { intent: "end-others" });
    expect(await Promise.all([cookie, other, third].map(isSignedIn))).toEqual([true, false, false]);
  });

  it("refuses what is none of its forms", async () => {
    const { cookie } = await setUp();
    for (const intent of ["", "x", "toString"]) {
      expect(await post(cookie, { intent })).toMatchObject({ status: 400 });
    }
    expect(await post(cookie, { ...CHANGE, new: "x".repeat(20_000) })).toMatchObject({
      status: 413,
    });
  });
});

describe("changing the password", () => {
  it("keeps this browser signed in under another token, and signs all others out", async () => {
    const { scope, user, cookie, other, isSignedIn } = await setUp();
    const answer = await post(cookie, CHANGE);
    expect(answer).toMatchObject({ status: 303, location: "/account?done=password" });
    const hash = await findPasswordHash(scope, user.id);
    expect(await passwordMatches(hash, NEW)).toBe(true);
    const signedIn = await Promise.all([answer.cookie ?? "", cookie, other].map(isSignedIn));
    expect(signedIn).toEqual([true, false, false]);
  });

  it.each([
    ["a wrong current password", { current: "wrong" }, 403, /current password is wrong/],
    ["no current password", { current: "" }, 403, /current password is wrong/],
    ["F83 an overlong current password", { current: "x".repeat(2_000) }, 403, /wrong/],
    ["a short one", { new: "short", repeated: "short" }, 400, /at least 12/],
    ["two different ones", { repeated: `${NEW}!` }, 400, /not the same/],
    [
      "F83 an overlong one",
      { new: "x".repeat(2_000), repeated: "x".repeat(2_000) },
      400,
      /at most/,
    ],
  ])("refuses %s, and changes nothing", async (_, fields, status, error) => {
    const { scope, user, cookie, other, isSignedIn } = await setUp();
    const answer = await post(cookie, { ...CHANGE, ...fields });
    expect(answer).toMatchObject({ status, error: expect.stringMatching(error) });
    expect(await findPasswordHash(scope, user.id)).toBe(user.passwordHash);
    expect([await isSignedIn(cookie), await isSignedIn(other)]).toEqual([true, true]);
  });

  it("F81 can't be guessed at by whoever has got hold of a session, and the company is told", async () => {
    const { scope, user, cookie } = await setUp();
    const wrong = { ...CHANGE, current: "wrong" };
    for (let count = 0; count < 10; count += 1) {
      expect(await post(cookie, wrong)).toMatchObject({ status: 403 });
    }
    expect(await post(cookie, CHANGE)).toMatchObject({
      status: 429,
      error: expect.stringContaining("15 minutes"),
    });
    expect(await findPasswordHash(scope, user.id)).toBe(user.passwordHash);
    const kinds = async () => {
      const ofCompany = eq(auditEvents.companyId, scope.companyId);
      return (await db.select().from(auditEvents).where(ofCompany)).map(({ kind }) => kind);
    };
    await expect.poll(kinds).toContain("session.throttled");
  });
});
