import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { newLink } from "#app/auth/invitation-link.server.ts";
import { findViewer } from "#app/auth/viewer.server.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice, auditEventsOf } from "#tests/support/office.server.ts";
import { addUser } from "#tests/support/rows.server.ts";
import { requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { RefusedChangeError } from "../refused-change.ts";
import { findInvitation, renewLink } from "./invitations.server.ts";
import { setMemberships } from "./memberships.server.ts";
import { findPerson } from "./people.server.ts";
import {
  changeRole,
  deactivatePerson,
  reactivatePerson,
  renamePerson,
} from "./person-changes.server.ts";

afterAll(closeDatabase);

const viewerOf = (cookie: string) => findViewer(requestWith(cookie));

describe("a change of a person", () => {
  it("is written down with who, whom, from what and to what; no change is not", async () => {
    const { scope, agent, near, far, actor } = await addOffice(db);
    for (const _ of ["once", "again"]) {
      await renamePerson(scope, agent.id, "Ana New", actor);
      await changeRole(scope, agent.id, "admin", actor);
      await setMemberships(scope, agent.id, () => [far.id, far.id], actor);
      await deactivatePerson(scope, agent.id, actor);
    }
    await reactivatePerson(scope, agent.id, {});
    const subject = { ...actor, subjectUserId: agent.id };
    expect(await auditEventsOf(scope)).toEqual([
      { kind: "user.renamed", details: { from: agent.name, to: "Ana New" }, ...subject },
      { kind: "user.role_changed", details: { from: "agent", to: "admin" }, ...subject },
      { kind: "membership.added", subjectAccountId: far.id, ...subject },
      { kind: "membership.removed", subjectAccountId: near.id, ...subject },
      { kind: "user.deactivated", ...subject },
      { kind: "user.reactivated", subjectUserId: agent.id },
    ]);
    expect(await findPerson(scope, agent.id)).toMatchObject({
      name: "Ana New",
      role: "admin",
      state: "active",
      accountIds: [far.id],
    });
  });

  it("F87 counts at the next request: role, numbers, name", async () => {
    const { scope, agent, near, far, actor } = await addOffice(db);
    const cookie = await signIn(agent);
    const reach = async () => (await viewerOf(cookie))?.accounts.map(({ id }) => id).sort();
    expect(await reach()).toEqual([near.id]);
    await changeRole(scope, agent.id, "admin", actor);
    expect(await viewerOf(cookie)).toMatchObject({ role: "admin" });
    expect(await reach()).toEqual([near.id, far.id].sort());
    await changeRole(scope, agent.id, "agent", actor);
    expect(await viewerOf(cookie)).toMatchObject({ role: "agent" });
    await setMemberships(scope, agent.id, () => [], actor);
    expect(await reach()).toEqual([]);
  });

  it("F85 deactivating ends all sessions and the link, for good", async () => {
    const { scope, agent, actor } = await addOffice(db);
    const cookies = [await signIn(agent), await signIn(agent)];
    const { link } = newLink();
    await renewLink(scope, agent.id, link, actor);
    await deactivatePerson(scope, agent.id, actor);
    await expect(renewLink(scope, agent.id, link, actor)).rejects.toThrow(RefusedChangeError);
    await reactivatePerson(scope, agent.id, actor);
    for (const cookie of cookies) expect(await viewerOf(cookie)).toBeUndefined();
    expect(await findInvitation(scope, link.tokenHash, new Date())).toBeUndefined();
  });

  it("F73 finds nobody, and no number, of another company", async () => {
    const { scope, agent, actor } = await addOffice(db);
    const other = await addOffice(db);
    const { id } = other.agent;
    const refused = expect.objectContaining({ name: "RefusedChangeError" });
    await expect(renamePerson(scope, id, "X", actor)).rejects.toEqual(refused);
    await expect(changeRole(scope, id, "admin", actor)).rejects.toEqual(refused);
    await expect(deactivatePerson(scope, id, actor)).rejects.toEqual(refused);
    await expect(setMemberships(scope, id, () => [], actor)).rejects.toEqual(refused);
    const foreign = setMemberships(scope, agent.id, () => [other.near.id], actor);
    await expect(foreign).rejects.toEqual(refused);
    expect(await auditEventsOf(scope)).toEqual([]);
    expect(await auditEventsOf(other.scope)).toEqual([]);
    expect(await findPerson(other.scope, id)).toMatchObject({ name: other.agent.name });
  });
});

describe("a company's admins", () => {
  it("can't demote or deactivate themselves", async () => {
    const { scope, admin, actor } = await addOffice(db);
    await addUser(scope, { role: "admin" });
    await expect(changeRole(scope, admin.id, "agent", actor)).rejects.toThrow("your own role");
    await expect(deactivatePerson(scope, admin.id, actor)).rejects.toThrow("yourself");
  });

  it("are never none who is active: invited and deactivated ones don't count", async () => {
    const { scope, admin } = await addOffice(db);
    await addUser(scope, { role: "admin", passwordHash: null });
    await addUser(scope, { role: "admin", deactivatedAt: new Date() });
    await expect(changeRole(scope, admin.id, "agent", {})).rejects.toThrow("last active admin");
    await expect(deactivatePerson(scope, admin.id, {})).rejects.toThrow("last active admin");
    expect(await auditEventsOf(scope)).toEqual([]);
  });

  it("are never none, also when two of them demote each other at once", async () => {
    const { scope, admin } = await addOffice(db);
    const other = await addUser(scope, { role: "admin" });
    let second: Promise<unknown> | undefined;
    await scope.db.transaction(async (tx) => {
      const first = { companyId: scope.companyId, db: tx };
      await changeRole(first, other.id, "agent", { actorUserId: admin.id });
      second = changeRole(scope, admin.id, "agent", { actorUserId: other.id }).catch((e) => e);
      // Time for the second to look, if it didn't wait for the first.
      await sleep(200);
    });
    expect(await second).toBeInstanceOf(RefusedChangeError);
    expect(await findPerson(scope, admin.id)).toMatchObject({ role: "admin" });
  });
});
