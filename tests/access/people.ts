import { eq } from "drizzle-orm";
import { accountMembers, sessions, users } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addUser } from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import type { Ask } from "./ask.ts";
import type { Audience } from "./canaries.ts";
import type { StrangeCompany, TargetCompany } from "./companies.ts";
import { inAnotherCompany, withForgedSignature } from "./cookies.ts";
import { form } from "./posted-forms.ts";
import type { Standing } from "./table.ts";

export interface Person {
  name: string;
  standing: Standing;
  cookie: string;
}

/** Whose canaries somebody may see. */
export const SEES: Record<Standing, readonly Audience[]> = {
  "not signed in": [],
  "another company's agent": ["strange"],
  "another company's admin": ["strange"],
  "no member": ["company"],
  member: ["company", "inbox"],
  admin: ["company", "inbox", "office"],
};

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** Everybody with the cookie that their browser has. To some, something happened in mid-session. */
export async function gatherPeople(
  ask: Ask,
  target: TargetCompany,
  strange: StrangeCompany,
): Promise<Person[]> {
  const cookies = {
    admin: await signIn(target.admin),
    stranger: await signIn(strange.admin),
  };
  const { companyId } = target.scope;

  const formerAdmin = (happens: Happening) => once("admin", "/admin/people", happens);
  const formerMember = (happens: Happening) =>
    once("agent", `/expiring?account=${target.near.id}`, happens);

  /** Somebody new opens a page, which they may see; then it happens to them. */
  async function once(role: "admin" | "agent", path: string, happens: Happening) {
    const user = await addUser(target.scope, { role, name: "Max" });
    const membership = { companyId, accountId: target.near.id, userId: user.id };
    if (role === "agent") await db.insert(accountMembers).values(membership);
    const cookie = await signIn(user);
    const { status } = await ask({ method: "GET", path, headers: { Cookie: cookie } });
    if (status !== 200) throw new Error(`${path} was refused with ${status} before its time.`);
    await happens(user.id, cookie);
    return cookie;
  }

  const out = {
    nobody: "",
    "somebody deactivated": await formerAdmin(changeUser({ deactivatedAt: new Date() })),
    "somebody whose session expired": await formerAdmin(changeSession({ expiresAt: LONG_AGO })),
    "somebody whose session was idle": await formerAdmin(changeSession({ lastUsedAt: LONG_AGO })),
    "somebody who signed out": await formerAdmin((_, Cookie) =>
      ask({ method: "POST", path: "/logout", headers: { Cookie }, form: form({}) }),
    ),
    "a forger of a signature": withForgedSignature(cookies.admin),
    "a stranger with the company's id": await inAnotherCompany(cookies.stranger, companyId),
  };
  const noMember = {
    "a colleague": await signIn(target.colleague),
    "a former member": await formerMember((id) =>
      db.delete(accountMembers).where(eq(accountMembers.userId, id)),
    ),
    "a former admin": await formerAdmin(changeUser({ role: "agent" })),
  };
  return [
    ...standing("not signed in", out),
    ...standing("another company's agent", { "a strange agent": await signIn(strange.agent) }),
    ...standing("another company's admin", { "a strange admin": cookies.stranger }),
    ...standing("no member", noMember),
    ...standing("member", { "the member": await signIn(target.member) }),
    ...standing("admin", { "the admin": cookies.admin }),
  ];
}

type Happening = (userId: number, cookie: string) => Promise<unknown>;

const changeUser = (fields: Partial<typeof users.$inferInsert>) => (userId: number) =>
  db.update(users).set(fields).where(eq(users.id, userId));
const changeSession = (fields: Partial<typeof sessions.$inferInsert>) => (userId: number) =>
  db.update(sessions).set(fields).where(eq(sessions.userId, userId));

function standing(standing: Standing, cookies: Record<string, string>): Person[] {
  return Object.entries(cookies).map(([name, cookie]) => ({ name, standing, cookie }));
}
