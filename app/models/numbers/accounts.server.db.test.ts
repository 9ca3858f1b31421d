import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice, auditEventsOf } from "#tests/support/office.server.ts";
import { addAccount, addCompany, addUser } from "#tests/support/rows.server.ts";
import { changeAccount, createAccount, findAccount, listAccounts } from "./accounts.server.ts";

afterAll(closeDatabase);

const main = {
  phoneNumberId: "306540352242901",
  name: "Main",
  displayPhoneNumber: "+1 555 010 0011",
  mediaRetentionHours: 168,
};

it("a number is added once in the installation, and nobody is told whose it is", async () => {
  const { scope, actor } = await addOffice(db);
  const id = await createAccount(scope, main, actor);
  expect(await findAccount(scope, id)).toMatchObject({ ...main, members: 0 });
  const again = createAccount(await addCompany(db), main, {});
  await expect(again).rejects.toThrow("This phone number ID is already in use.");
  expect(await auditEventsOf(scope)).toEqual([
    {
      kind: "account.added",
      subjectAccountId: id,
      details: { name: "Main", phoneNumberId: main.phoneNumberId },
      ...actor,
    },
  ]);
});

it("a change of a number is written down field by field, and only what changed", async () => {
  const { scope, actor, near } = await addOffice(db);
  await changeAccount(scope, near.id, { name: "Renamed", mediaRetentionHours: 1 }, actor);
  await changeAccount(scope, near.id, { name: "Renamed" }, actor);
  const event = { kind: "account.changed", subjectAccountId: near.id, ...actor };
  expect(await auditEventsOf(scope)).toEqual([
    { ...event, details: { field: "name", from: near.name, to: "Renamed" } },
    { ...event, details: { field: "hours that WhatsApp keeps files", from: 168, to: 1 } },
  ]);
});

it("F73 another company's number can't be changed or found", async () => {
  const { scope, actor } = await addOffice(db);
  const { near, scope: other } = await addOffice(db);
  expect(await findAccount(scope, near.id)).toBeUndefined();
  const change = changeAccount(scope, near.id, { name: "Mine" }, actor);
  await expect(change).rejects.toThrow("no such number");
  expect(await findAccount(other, near.id)).toMatchObject({ name: near.name });
});

it("lists numbers by name with their members, without the deactivated", async () => {
  const scope = await addCompany(db);
  const members = [
    await addUser(scope),
    await addUser(scope, { passwordHash: null }),
    await addUser(scope, { deactivatedAt: new Date() }),
  ];
  await addAccount(scope, members, { name: "B" });
  await addAccount(scope, [], { name: "A" });
  expect(await listAccounts(scope)).toMatchObject([
    { name: "A", members: 0 },
    { name: "B", members: 2 },
  ]);
});
