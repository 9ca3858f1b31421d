import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViewer, requireViewer } from "#app/auth/viewer.server.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { sessions, type users } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { localPaths } from "#tests/support/local-paths.ts";
import { hostileRedirects } from "#tests/support/redirects.ts";
import { addCompany, addUser, TEST_PASSWORD } from "#tests/support/rows.server.ts";
import { cookieOf, requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { action, loader } from "./login.tsx";
import { action as signOut } from "./logout.ts";

const OURS = "http://localhost";

let user: typeof users.$inferSelect;
beforeAll(async () => {
  user = await addUser(await addCompany(db), { email: "ana@company.test" });
});
afterAll(closeDatabase);

function post(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString();
  const length = { "Content-Length": String(Buffer.byteLength(body)) };
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const request = new Request("http://localhost/login", {
    method: "POST",
    headers: { ...type, ...length, ...headers },
    body,
  });
  return action({ request, params: {}, context: {} });
}

const right = { email: "ana@company.test", password: TEST_PASSWORD };

async function refusal(fields: Record<string, string>, headers?: Record<string, string>) {
  const answer = await post(fields, headers);
  if (!("init" in answer)) throw new Error("The sign-in was not refused.");
  return { status: answer.init?.status, headers: answer.init?.headers, data: answer.data };
}

async function success(fields: Record<string, string>) {
  const answer = await post(fields);
  if ("init" in answer) throw new Error(answer.data.error);
  return answer;
}

describe("signing in", () => {
  it("starts a session and leads to the inbox", async () => {
    const answer = await success(right);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("Location")).toBe("/conversations");
    const cookie = cookieOf(answer.headers.get("Set-Cookie") ?? "");
    expect(await findViewer(requestWith(cookie))).toMatchObject({ id: user.id });
  });

  it("takes the address in any case and with space around it", async () => {
    expect((await success({ ...right, email: " ANA@company.test " })).status).toBe(302);
  });

  it("refuses what is not the form, or not one that can be read", async () => {
    const json = await refusal(right, { "Content-Type": "application/json" });
    expect(json.status).toBe(415);
    const cut = await refusal(right, { "Content-Type": "multipart/form-data; boundary=x" });
    expect(cut.status).toBe(400);
  });

  it("F84 leads back to a path of ours, and nowhere else", async () => {
    const leadsTo = async (redirectTo: string) =>
      (await success({ ...right, redirectTo })).headers.get("Location");
    expect(await leadsTo("/conversations/7?reveal=3")).toBe("/conversations/7?reveal=3");
    expect(await leadsTo("https://evil.test/")).toBe("/conversations");
    // All of them are tried where no password needs to be hashed, below.
    for (const hostile of hostileRedirects.filter((_, index) => index % 40 === 0)) {
      expect(new URL((await leadsTo(hostile)) ?? "", OURS).origin).toBe(OURS);
    }
  });

  it("F77 takes no session over that the request brought along", async () => {
    const planted = await signIn(await addUser(await addCompany(db)));
    const body = new URLSearchParams(right).toString();
    const request = new Request("http://localhost/login", {
      method: "POST",
      headers: {
        Cookie: planted,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": String(body.length),
      },
      body,
    });
    const answer = await action({ request, params: {}, context: {} });
    const setCookie = answer instanceof Response ? answer.headers.get("Set-Cookie") : null;
    expect(cookieOf(setCookie ?? "")).not.toBe(planted);
    expect(await findViewer(requestWith(cookieOf(setCookie ?? "")))).toMatchObject({ id: user.id });
  });

  it("F82 gives an unknown person and a wrong password one and the same answer", async () => {
    const wrong = await refusal({ ...right, password: "wrong" });
    expect(wrong).toMatchObject({ status: 401 });
    expect(await refusal({ ...right, email: "nobody@company.test" })).toEqual(wrong);
    expect(await refusal({ email: "nobody@company.test", password: "wrong" })).toEqual(wrong);
  });

  it.each([
    ["no fields", {}],
    ["no password", { email: "ana@company.test" }],
    ["no address", { password: TEST_PASSWORD }],
    ["an empty password", { email: "ana@company.test", password: "" }],
    ["NUL in the address", { email: "ana@company.test\u0000", password: TEST_PASSWORD }],
    ["NUL in the password", { email: "ana@company.test", password: "\u0000" }],
    ["an overlong password", { email: "ana@company.test", password: "x".repeat(2_000) }],
  ])("refuses %s as wrong credentials", async (_, fields) => {
    expect(await refusal(fields as Record<string, string>)).toMatchObject({ status: 401 });
  });

  it("F85 refuses a deactivated user like an unknown one", async () => {
    const gone = await addUser(await addCompany(db), { deactivatedAt: new Date() });
    const wrong = await refusal({ ...right, password: "wrong" });
    expect(await refusal({ email: gone.email, password: TEST_PASSWORD })).toEqual(wrong);
  });

  it("F83 refuses a megabyte, and a body of undeclared length, before reading it", async () => {
    const large = await refusal({ ...right, password: "x".repeat(1_000_000) });
    expect(large).toMatchObject({ status: 413 });
    const request = new Request("http://localhost/login", {
      method: "POST",
      body: new URLSearchParams(right),
    });
    expect(await action({ request, params: {}, context: {} })).toMatchObject({
      init: { status: 413 },
    });
    expect(request.bodyUsed).toBe(false);
  });

  it("starts no session when it refuses", async () => {
    const before = await db.$count(sessions);
    await refusal({ ...right, password: "wrong" });
    expect(await db.$count(sessions)).toBe(before);
  });
});

describe("the sign-in page", () => {
  const open = (request: Request) => loader({ request, params: {}, context: {} });

  it("F84 keeps only a path of ours to lead back to", async () => {
    expect(await open(requestWith(undefined, "/login?redirectTo=%2Fa"))).toEqual({
      redirectTo: "/a",
    });
    expect(await open(requestWith(undefined, "/login?redirectTo=//evil.test"))).toEqual({
      redirectTo: "/conversations",
    });
  });

  it("leads a signed-in person on", async () => {
    const request = requestWith(await signIn(user), "/login?redirectTo=%2Fa");
    await expect(open(request)).rejects.toMatchObject({ status: 302 });
  });

  it("F84 leads a signed-in person nowhere else, whatever the address says", async () => {
    const cookie = await signIn(user);
    for (const redirectTo of hostileRedirects) {
      const path = `/login?${new URLSearchParams({ redirectTo })}`;
      const answer = await open(requestWith(cookie, path)).catch((thrown: Response) => thrown);
      const location = answer instanceof Response ? answer.headers.get("Location") : null;
      expect(new URL(location ?? "", OURS).origin, redirectTo).toBe(OURS);
    }
  });

  it.each(localPaths)("leads back to %s, where somebody was who had to sign in", async (path) => {
    const sent = await requireViewer(requestWith(undefined, path), {}).catch(
      (thrown: Response) => thrown,
    );
    const signInPage = sent instanceof Response ? sent.headers.get("Location") : null;
    const { hash } = new URL(path, OURS);
    const page = await open(requestWith(undefined, signInPage ?? ""));
    // No browser sends the fragment.
    expect(page.redirectTo + hash).toBe(path);
  });
});

it("F86 signing out ends the session here and in the browser", async () => {
  const cookie = await signIn(user);
  const request = requestWith(cookie, "/logout");
  const answer = await signOut({ request, params: {}, context: {} });
  expect(answer.headers.get("Set-Cookie")).toContain("Expires=Thu, 01 Jan 1970");
  expect(await findViewer(requestWith(cookie))).toBeUndefined();
  const rows = await db.select().from(sessions).where(eq(sessions.userId, user.id));
  expect(rows.length).toBeGreaterThan(0);
});
