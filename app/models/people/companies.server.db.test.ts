import { afterAll, expect, it } from "vitest";
import { companyScope } from "#app/auth/company-scope.server.ts";
import { newLink } from "#app/auth/invitation-link.server.ts";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { auditEventsOf } from "#tests/support/office.server.ts";
import { createCompany, findCompanies, hasCompany, listCompanies } from "./companies.server.ts";
import { findInvitation } from "./invitations.server.ts";
import { listPeople } from "./people.server.ts";

afterAll(closeDatabase);

const db = forDuty("setup");
const ana = { name: "Ana", email: "ana@first.test", passwordHash: "hash" };

it("of two set-ups at once one makes the company, and its admin", async () => {
  expect(await hasCompany(db)).toBe(false);
  const setUp = (name: string, email: string) =>
    createCompany(db, { name, admin: { ...ana, email } }, { onlyFirst: true, address: "::1" });
  const made = await Promise.all([setUp("A", "a@first.test"), setUp("B", "b@first.test")]);
  const [company, ...others] = made.filter((one) => one !== undefined);
  if (!company) throw new Error("None was made.");
  expect(others).toEqual([]);
  const [listed] = await listCompanies(db);
  expect(await listCompanies(db)).toEqual([{ id: company.companyId, name: listed?.name }]);
  const scope = companyScope(company.companyId);
  expect(await listPeople(scope)).toMatchObject([
    { id: company.userId, role: "admin", state: "active" },
  ]);
  expect(await auditEventsOf(scope)).toEqual([
    {
      kind: "company.created",
      subjectUserId: company.userId,
      details: { name: listed?.name },
      address: "::1",
    },
  ]);
});

it("a company from the shell has an admin with a link, or isn't made at all", async () => {
  const { link } = newLink();
  const made = await createCompany(db, {
    name: "Globex",
    admin: { name: "Gil", email: "gil@globex.test", link },
  });
  const scope = companyScope(made?.companyId ?? 0);
  expect(await findInvitation(scope, link.tokenHash, new Date())).toEqual({
    userId: made?.userId,
    email: "gil@globex.test",
    companyName: "Globex",
  });
  const again = createCompany(db, {
    name: "Other",
    admin: { name: "Gil", email: "gil@globex.test", link: newLink().link },
  });
  await expect(again).rejects.toThrow("already in use");
  expect(await findCompanies(db, "Other")).toEqual([]);
});

it("a company is found by its name or its id", async () => {
  const [globex] = await findCompanies(db, "Globex");
  expect(await findCompanies(db, String(globex?.id))).toEqual([globex]);
  expect(await findCompanies(db, "globex")).toEqual([]);
});
