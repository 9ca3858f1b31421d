import { afterAll, describe, expect, it } from "vitest";
import { newLink } from "#app/auth/invitation-link.server.ts";
import { findViewer } from "#app/auth/viewer.server.ts";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice, auditEventsOf } from "#tests/support/office.server.ts";
import { requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { findCredentials } from "./credentials.server.ts";
import { acceptInvitation, findInvitation, invitePerson, renewLink } from "./invitations.server.ts";
import { findPersonByEmail, listPeople } from "./people.server.ts";

afterAll(closeDatabase);

const NOW = new Date();
const EIGHT_DAYS_AGO = new Date(NOW.getTime() - 8 * 24 * 60 * 60 * 1000);

let people = 0;
async function invite(office: Awaited<ReturnType<typeof addOffice>>, link = newLink().link) {
  const email = `invited${++people}@office.test`;
  const person = { name: "Ines New", email, role: "agent", accountIds: [office.near.id] } as const;
  const id = await invitePerson(office.scope, person, link, office.actor);
  return { id, email, link };
}

const accept = (
  { scope }: Awaited<ReturnType<typeof addOffice>>,
  { tokenHash }: { tokenHash: string },
  passwordHash = "hash",
) => acceptInvitation(scope, { tokenHash, passwordHash, now: NOW }, "192.0.2.8");

describe("an invitation", () => {
  it("makes a person with numbers, who can sign in once they chose a password", async () => {
    const office = await addOffice(db);
    const { scope, near, actor } = office;
    const { id, email, link } = await invite(office);
    expect(await findPersonByEmail(scope, email)).toEqual({
      id,
      name: "Ines New",
      email,
      role: "agent",
      state: "invited",
      linkExpiresAt: link.expiresAt,
      accountIds: [near.id],
    });
    expect(await findCredentials(forDuty("sign_in"), email)).toMatchObject({ passwordHash: null });
    expect(await accept(office, link)).toBe(true);
    expect(await findCredentials(forDuty("sign_in"), email)).toMatchObject({
      passwordHash: "hash",
    });
    expect(await auditEventsOf(scope)).toEqual([
      { kind: "user.invited", subjectUserId: id, details: { email, role: "agent" }, ...actor },
      { kind: "membership.added", subjectUserId: id, subjectAccountId: near.id, ...actor },
      { kind: "user.invitation_accepted", subjectUserId: id, address: "192.0.2.8" },
    ]);
  });

  it("of an e-mail address that somebody of any company has changes nothing", async () => {
    const office = await addOffice(db);
    const other = await addOffice(db);
    const person = { name: "X", email: other.agent.email, role: "agent", accountIds: [] } as const;
    const invited = invitePerson(office.scope, person, newLink().link, office.actor);
    await expect(invited).rejects.toThrow("This e-mail address is already in use.");
    expect(await auditEventsOf(office.scope)).toEqual([]);
  });

  it("F73 to another company's number changes nothing", async () => {
    const office = await addOffice(db);
    const other = await addOffice(db);
    const before = await listPeople(office.scope);
    await expect(invite({ ...office, near: other.near })).rejects.toThrow("no such number");
    expect(await listPeople(office.scope)).toEqual(before);
    expect(await auditEventsOf(office.scope)).toEqual([]);
  });
});

describe("a link", () => {
  it("sets a password once, also when it is used twice at once", async () => {
    const office = await addOffice(db);
    const { link } = await invite(office);
    const both = await Promise.all([accept(office, link), accept(office, link)]);
    expect(both.sort()).toEqual([false, true]);
    expect(await accept(office, link)).toBe(false);
  });

  it("is good until it expires, and only in its own company", async () => {
    const office = await addOffice(db);
    const { link } = await invite(office, newLink(EIGHT_DAYS_AGO).link);
    expect(await findInvitation(office.scope, link.tokenHash, NOW)).toBeUndefined();
    expect(await accept(office, link)).toBe(false);
    const fresh = await invite(office);
    expect(await accept(await addOffice(db), fresh.link)).toBe(false);
    expect(await findInvitation(office.scope, fresh.link.tokenHash, NOW)).toMatchObject({
      userId: fresh.id,
    });
  });

  it("for a forgotten password replaces the one before, and signs out everywhere", async () => {
    const office = await addOffice(db);
    const { scope, agent, actor } = office;
    const cookie = await signIn(agent);
    const [first, second] = [newLink().link, newLink().link];
    await renewLink(scope, agent.id, first, actor);
    await renewLink(scope, agent.id, second, actor);
    expect(await accept(office, first)).toBe(false);
    expect(await findViewer(requestWith(cookie))).toBeDefined();
    expect(await accept(office, second)).toBe(true);
    expect(await findViewer(requestWith(cookie))).toBeUndefined();
    expect((await auditEventsOf(scope)).map(({ kind }) => kind)).toEqual([
      "user.invitation_renewed",
      "user.invitation_renewed",
      "password.changed",
    ]);
  });
});
