import { createCookie } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { sessions } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addCompany, addUser } from "#tests/support/rows.server.ts";
import { cookieOf, requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { endSession, startSession } from "./session.server.ts";
import { sessionKey } from "./session-cookie.server.ts";
import { findViewer, requireViewer } from "./viewer.server.ts";

afterAll(closeDatabase);

async function setUp() {
  const scope = await addCompany(db);
  const user = await addUser(scope);
  return { scope, user, cookie: await signIn(user) };
}

/** The session id inside a cookie, changed and put back unsigned or under the old signature. */
function withOtherId(cookie: string, change: (id: string) => string): string {
  const [name, value = ""] = cookie.split("=");
  const [payload = "", signature] = decodeURIComponent(value).split(".");
  const id: string = JSON.parse(Buffer.from(payload, "base64").toString());
  const forged = Buffer.from(JSON.stringify(change(id))).toString("base64");
  return `${name}=${encodeURIComponent(`${forged}.${signature}`)}`;
}

describe("a session", () => {
  it("leads from the cookie to the person and their one company", async () => {
    const { scope, user, cookie } = await setUp();
    expect(await findViewer(requestWith(cookie))).toMatchObject({
      id: user.id,
      email: user.email,
      role: "agent",
      scope: { companyId: scope.companyId },
    });
  });

  it("F78 comes in a cookie that scripts and other sites don't get", async () => {
    const { user } = await setUp();
    const setCookie = await startSession(
      { companyId: user.companyId, userId: user.id },
      requestWith(undefined),
      {},
    );
    expect(setCookie).toMatch(/^session=/);
    for (const part of ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"]) {
      expect(setCookie).toContain(part);
    }
    expect(setCookie).not.toContain("Domain");
  });

  it("F77 gets a new token at each sign-in", async () => {
    const { user, cookie } = await setUp();
    const again = await signIn(user);
    expect(again).not.toBe(cookie);
    expect(await findViewer(requestWith(again))).toMatchObject({ id: user.id });
  });

  it("F77 ends the one that the browser had before, whoever's it was", async () => {
    const { cookie: before } = await setUp();
    const { user } = await setUp();
    const cookie = await signIn(user, requestWith(before, "/login"));
    expect(await findViewer(requestWith(before))).toBeUndefined();
    expect(await findViewer(requestWith(cookie))).toMatchObject({ id: user.id });
  });

  it("is kept as a hash: the table's content signs nobody in", async () => {
    const { scope, cookie } = await setUp();
    const rows = await db.select().from(sessions).where(eq(sessions.companyId, scope.companyId));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    const stolen = withOtherId(cookie, () => `${scope.companyId}.${rows[0]?.tokenHash}`);
    expect(await findViewer(requestWith(stolen))).toBeUndefined();
  });

  it("is nobody's when there is no cookie, or one that isn't ours", async () => {
    for (const cookie of [undefined, "session=", "session=x", "session=x.y", "other=1", "=;;="]) {
      expect(await findViewer(requestWith(cookie))).toBeUndefined();
    }
  });

  it("F78 is nobody's when the cookie was changed", async () => {
    const { cookie } = await setUp();
    const stranger = await setUp();
    const changed = [
      withOtherId(cookie, (id) => id.replace(/^\d+/, String(stranger.scope.companyId))),
      withOtherId(cookie, (id) => `${id.slice(0, -1)}${id.endsWith("A") ? "B" : "A"}`),
      withOtherId(stranger.cookie, () => "1.x"),
      cookie.slice(0, -3),
      `${cookie}x`,
    ];
    for (const forged of changed) expect(await findViewer(requestWith(forged))).toBeUndefined();
    expect(await findViewer(requestWith(withOtherId(cookie, (id) => id)))).toBeDefined();
  });

  it("F86 is nobody's when the cookie is replayed after signing out", async () => {
    const { cookie } = await setUp();
    const cleared = await endSession(requestWith(cookie), {});
    expect(cleared).toMatch(/^session=;.*Expires=Thu, 01 Jan 1970/);
    expect(await findViewer(requestWith(cookie))).toBeUndefined();
  });

  it("ends alone: the same person's other browsers stay signed in", async () => {
    const { user, cookie } = await setUp();
    const other = await signIn(user);
    await endSession(requestWith(cookie), {});
    expect(await findViewer(requestWith(other))).toMatchObject({ id: user.id });
  });

  it("can be ended twice, and without being there", async () => {
    const { cookie } = await setUp();
    for (const again of [cookie, cookie, undefined, "session=x"]) {
      expect(cookieOf(await endSession(requestWith(again), {}))).toBe("session=");
    }
  });
});

describe("sessionKey", () => {
  it("leads from the cookie to the session's row, without a look into the database", async () => {
    const { scope, cookie } = await setUp();
    const rows = await db.select().from(sessions).where(eq(sessions.companyId, scope.companyId));
    const key = { companyId: scope.companyId, tokenHash: rows[0]?.tokenHash };
    expect(await sessionKey(requestWith(cookie))).toEqual(key);
    await endSession(requestWith(cookie), {});
    expect(await sessionKey(requestWith(cookie))).toEqual(key);
  });

  it("is none without a cookie of ours", async () => {
    for (const cookie of [undefined, "", "session=", "session=x", "session=x.y", "other=1"]) {
      expect(await sessionKey(requestWith(cookie))).toBeUndefined();
    }
  });

  it("F78 is none for a cookie that was changed, and for one that is signed but no session's", async () => {
    const { scope, cookie } = await setUp();
    const stranger = await setUp();
    for (const forged of [
      withOtherId(cookie, (id) => id.replace(/^\d+/, String(stranger.scope.companyId))),
      withOtherId(cookie, (id) => `${id}x`),
      withOtherId(cookie, () => `${scope.companyId}.`),
      cookie.slice(0, -3),
      `${cookie}x`,
    ]) {
      expect(await sessionKey(requestWith(forged))).toBeUndefined();
    }
    const signed = createCookie("session", { secrets: [process.env.SESSION_SECRET ?? ""] });
    const token = "x".repeat(43);
    for (const id of [
      `x.${token}`,
      `1.${token}x`,
      `1.${token.slice(1)}`,
      `.${token}`,
      "",
      1,
      null,
    ]) {
      const well = cookieOf(await signed.serialize(id));
      expect(await sessionKey(requestWith(well))).toBeUndefined();
    }
    const well = cookieOf(await signed.serialize(`1.${token}`));
    expect(await sessionKey(requestWith(well))).toMatchObject({ companyId: 1 });
  });
});

describe("requireViewer", () => {
  it("leads a signed-out person to sign-in and back", async () => {
    const answer: unknown = await requireViewer(
      requestWith(undefined, "/conversations/7?reveal=3"),
      {},
    ).catch((thrown) => thrown);
    expect(answer).toBeInstanceOf(Response);
    expect(answer).toMatchObject({ status: 302 });
    expect(answer instanceof Response && answer.headers.get("Location")).toBe(
      "/login?redirectTo=%2Fconversations%2F7%3Freveal%3D3",
    );
  });
});
