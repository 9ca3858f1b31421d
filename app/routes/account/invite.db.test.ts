import { afterAll, describe, expect, it } from "vitest";
import { newLink } from "#app/auth/invitation-link.server.ts";
import { passwordMatches } from "#app/auth/password.server.ts";
import { findCredentials } from "#app/models/people/credentials.server.ts";
import { invitePerson, renewLink } from "#app/models/people/invitations.server.ts";
import { deactivatePerson } from "#app/models/people/person-changes.server.ts";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice } from "#tests/support/office.server.ts";
import { action, loader } from "./invite.$link.tsx";

afterAll(closeDatabase);

const PASSWORD = "a password of a few words";

let people = 0;
async function setUp(at?: Date) {
  const office = await addOffice(db);
  const { token, link } = newLink(at);
  const email = `invitee${++people}@office.test`;
  const person = { name: "Ines", email, role: "agent", accountIds: [] } as const;
  const id = await invitePerson(office.scope, person, link, office.actor);
  return { ...office, id, email, token, path: `${office.scope.companyId}.${token}` };
}

const open = (link: string) =>
  loader({ request: new Request("http://localhost"), params: { link }, context: {} });

function choose(link: string, password = PASSWORD, repeated = password) {
  const body = new URLSearchParams({ password, repeated }).toString();
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": String(body.length),
  };
  const request = new Request("http://localhost", { method: "POST", headers, body });
  return action({ request, params: { link }, context: {} });
}

async function matches(email: string, password = PASSWORD) {
  const found = await findCredentials(forDuty("sign_in"), email);
  return passwordMatches(found?.passwordHash, password);
}

const gone = { init: { status: 404 } };

describe("/invite", () => {
  it("says who invites whom, as often as it is opened", async () => {
    const { path, email } = await setUp();
    for (const _ of ["by a scanner of mail", "by the person"]) {
      expect(await open(path)).toMatchObject({ invitation: { email } });
    }
    expect(await matches(email)).toBe(false);
  });

  it("sets the password once", async () => {
    const { path, email } = await setUp();
    const answer = await choose(path);
    expect(answer).toMatchObject({ status: 303 });
    expect(await matches(email)).toBe(true);
    expect(await open(path)).toMatchObject(gone);
    expect(await choose(path, "another password, later")).toMatchObject(gone);
    expect(await matches(email)).toBe(true);
  });

  it("refuses a password that is short, or not the same twice, and stays good", async () => {
    const { path, email } = await setUp();
    expect(await choose(path, "short")).toMatchObject({ init: { status: 422 } });
    expect(await choose(path, PASSWORD, "something else")).toMatchObject({
      init: { status: 422 },
      data: { error: expect.stringContaining("not the same") },
    });
    expect(await choose(path, "x".repeat(1_025))).toMatchObject({ init: { status: 422 } });
    expect(await matches(email)).toBe(false);
    expect(await choose(path)).toMatchObject({ status: 303 });
  });

  it("is one and the same page for every link that is not good", async () => {
    const expired = await setUp(new Date(Date.now() - 8 * 24 * 60 * 60 * 1000));
    const replaced = await setUp();
    await renewLink(replaced.scope, replaced.id, newLink().link, replaced.actor);
    const deactivated = await setUp();
    await deactivatePerson(deactivated.scope, deactivated.id, deactivated.actor);
    const good = await setUp();
    const foreign = `${replaced.scope.companyId}.${good.token}`;
    const refused = await open("x");
    expect(refused).toMatchObject({ ...gone, data: { invitation: null } });
    for (const path of [
      expired.path,
      replaced.path,
      deactivated.path,
      foreign,
      good.path.slice(0, -1),
      `${good.path}x`,
      `999999999.${good.token}`,
      `0.${good.token}`,
    ]) {
      expect(await open(path)).toEqual(refused);
      expect(await choose(path)).toMatchObject({ ...gone, data: { error: null } });
    }
    expect(await open(good.path)).toMatchObject({ invitation: { email: good.email } });
  });
});
