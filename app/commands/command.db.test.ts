import { afterAll, expect, it } from "vitest";
import { companyScope } from "#app/auth/company-scope.server.ts";
import { parseLink } from "#app/auth/invitation-link.server.ts";
import { findInvitation } from "#app/models/people/invitations.server.ts";
import { closeDatabase, forCompany, forDuty } from "#app/process/database.server.ts";
import { auditEventsOf } from "#tests/support/office.server.ts";
import { readCommand } from "./read-command.ts";

afterAll(closeDatabase);

/** @param line its words stand between single spaces; _ is a space within one */
async function run(line: string): Promise<string[]> {
  const argv = line.split(" ").map((word) => word.replaceAll("_", " "));
  const database = { forCompany, forDuty };
  return (await readCommand(argv))({ database, origin: "https://inbox.test" });
}

async function companyIdOf(name: string): Promise<number> {
  const line = (await run("company list")).find((line) => line.endsWith(name));
  return Number(line?.split(" ")[0]);
}

const NUMBER = "406540352242901";

it("makes a company whose first admin gets a link that works", async () => {
  const [first, , address = ""] = await run(
    "company add --name Umbrella --email Una@umbrella.test --person Una_Admin",
  );
  const id = await companyIdOf("Umbrella");
  expect(first).toBe(`Added the company Umbrella (id ${id}).`);
  const link = parseLink(address.replace("https://inbox.test/invite/", ""));
  expect(link?.companyId).toBe(id);
  const found = await findInvitation(companyScope(id), link?.tokenHash ?? "", new Date());
  expect(found).toMatchObject({ email: "una@umbrella.test" });
});

it("keeps numbers, people and memberships, and writes down that it was the shell", async () => {
  const at = "--company Umbrella";
  await run(
    `number add ${at} --phone-number-id ${NUMBER} --name Main --display-number +15550100012`,
  );
  await run(`number change ${at} --phone-number-id ${NUMBER} --retention 1_hour`);
  expect(await run(`number list ${at}`)).toEqual([
    `${NUMBER}  +15550100012  Main  files kept 1 hour  members 0`,
  ]);
  const ben = `${at} --email ben@umbrella.test`;
  const [, address] = await run(`person invite ${ben} --name Ben --number ${NUMBER}`);
  expect(await run(`person link ${ben}`)).not.toContain(address);
  const listed = async () => (await run(`person list ${at}`))[0];
  expect(await listed()).toBe(`ben@umbrella.test  Ben  agent  invited  numbers: ${NUMBER}`);
  await run(`member remove ${ben} --number ${NUMBER}`);
  expect(await listed()).toBe("ben@umbrella.test  Ben  agent  invited  numbers: none");
  await run(`member add ${ben} --number ${NUMBER}`);
  await run(`person deactivate ${ben}`);
  expect(await listed()).toContain("deactivated");
  await run(`person reactivate ${ben}`);
  await run(`person role ${ben} --role admin`);
  expect(await listed()).toBe("ben@umbrella.test  Ben  admin  invited  numbers: all");
  const events = await auditEventsOf(companyScope(await companyIdOf("Umbrella")));
  expect(events.map(({ kind }) => kind)).toEqual([
    "company.created",
    "account.added",
    "account.changed",
    "user.invited",
    "membership.added",
    "user.invitation_renewed",
    "membership.removed",
    "membership.added",
    "user.deactivated",
    "user.reactivated",
    "user.role_changed",
  ]);
  expect(events.filter((event) => "actorUserId" in event || "address" in event)).toEqual([]);
});

it.each([
  ["", "npm run admin -- company add --name"],
  ["company remove", "npm run admin -- company add --name"],
  ["company add --name X --email x@x.test", "Say also --person."],
  ["company list --all", "'--all'"],
  ["company add --name X --email x --person X", "name@example.com"],
  ["number list --company Nowhere", "There is no company Nowhere."],
  ["person link --company Umbrella --email no@x.test", "Nobody of this company"],
  ["member add --company Umbrella --email una@umbrella.test --number 1", "has no number 1"],
  ["person role --company Umbrella --email una@umbrella.test --role owner", "admin or agent"],
  ["person invite --company Umbrella --name X --email ben@umbrella.test", "already in use"],
])("refuses %j in plain words", async (line, words) => {
  const refused: Error = await run(line).catch((error) => error);
  expect(refused.name).toBe("RefusedChangeError");
  expect(refused.message).toContain(words);
});

it("asks which company is meant when several have the name", async () => {
  await run("company add --name Twin --email a@twin.test --person A");
  await run("company add --name Twin --email b@twin.test --person B");
  await expect(run("person list --company Twin")).rejects.toThrow("Say which by id");
  const id = await companyIdOf("Twin");
  expect(await run(`person list --company ${id}`)).toHaveLength(1);
});
