import { afterAll, describe, expect, it } from "vitest";
import { findAccount, listAccounts } from "#app/models/numbers/accounts.server.ts";
import { findPerson, findPersonByEmail } from "#app/models/people/people.server.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { at, get, number, post } from "#app/routes/admin/testing/asked.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice } from "#tests/support/office.server.ts";
import * as numbers from "./admin.numbers._index.tsx";
import * as account from "./admin.numbers.$accountId.tsx";
import * as people from "./admin.people._index.tsx";
import * as person from "./admin.people.$userId.tsx";

afterAll(closeDatabase);

const location = (answer: unknown) =>
  answer instanceof Response ? [answer.status, answer.headers.get("Location")] : answer;

describe("numbers", () => {
  it("are added and changed", async () => {
    const { scope, admin } = await addOffice(db);
    const [status, address] = location(await numbers.action(await post(admin, number))) as [
      number,
      string,
    ];
    expect(status).toBe(303);
    const id = Number(/^\/admin\/numbers\/(\d+)\?done=added$/.exec(address)?.[1]);
    expect(await findAccount(scope, id)).toMatchObject({ name: "Main", mediaRetentionHours: 1 });
    const changes = { ...number, name: "Other", phoneNumberId: "1111111" };
    const changed = await account.action(await post(admin, changes, at(id)));
    expect(location(changed)).toEqual([303, `/admin/numbers/${id}?done=changed`]);
    const { phoneNumberId } = number;
    expect(await findAccount(scope, id)).toMatchObject({ name: "Other", phoneNumberId });
  });

  it("are refused with what is wrong, and what was typed stays", async () => {
    const { scope, admin } = await addOffice(db);
    const typed = {
      phoneNumberId: "12",
      name: "a\u0000b",
      displayPhoneNumber: "no",
      retention: "",
    };
    const answer = await numbers.action(await post(admin, typed));
    expect(answer).toMatchObject({ init: { status: 422 }, data: { typed } });
    const { error } = (answer as unknown as { data: { error: string } }).data;
    for (const word of ["phone number ID", "one line", "The phone number must", "7 days or 1 hour"])
      expect(error).toContain(word);
    expect(await listAccounts(scope)).toHaveLength(2);
  });

  it("F95 show whether there is an access token, and nothing of it", async () => {
    const { admin, near } = await addOffice(db);
    const list = await numbers.loader(await get(admin));
    expect(list.numbers[0]).toMatchObject({ token: "access token configured", members: 1 });
    const page = await account.loader(await get(admin, "/admin", at(near.id)));
    expect(page.tokenProblem).toBeUndefined();
    expect(JSON.stringify([list, page])).not.toContain(process.env.WHATSAPP_ACCESS_TOKEN);
  });
});

describe("people", () => {
  it("are invited by a link on the page that answers, on the app's own origin", async () => {
    const { scope, admin, near } = await addOffice(db);
    const answer = await people.action(
      await post(admin, [
        ["name", "Ines"],
        ["email", " Ines@Office.test"],
        ["role", "agent"],
        ["account", `${near.id}`],
      ]),
    );
    expect(answer).toMatchObject({ init: { status: 201 }, data: { link: { name: "Ines" } } });
    const { address } = (answer as unknown as { data: { link: { address: string } } }).data.link;
    const form = new RegExp(`^https://inbox\\.test/invite/${scope.companyId}\\.[\\w-]{43}$`);
    expect(address).toMatch(form);
    expect(await findPersonByEmail(scope, "ines@office.test")).toMatchObject({
      state: "invited",
      accountIds: [near.id],
    });
  });

  it("are refused with what is wrong, and what was typed and ticked stays", async () => {
    const { admin, agent, near } = await addOffice(db);
    const typed = { name: "Ines", email: agent.email, role: "agent" };
    const answer = await people.action(await post(admin, { ...typed, account: `${near.id}` }));
    expect(answer).toMatchObject({
      init: { status: 422 },
      data: {
        error: "This e-mail address is already in use.",
        typed: { ...typed, accountIds: [near.id] },
      },
    });
  });

  it("are changed by a form for each thing", async () => {
    const { scope, admin, agent, far } = await addOffice(db);
    const send = async (fields: Record<string, string>) =>
      location(await person.action(await post(admin, fields, at(agent.id))));
    const changes: Record<string, string>[] = [
      { intent: "name", name: "Ana New" },
      { intent: "role", role: "admin" },
      { intent: "numbers", account: `${far.id}` },
      { intent: "deactivate" },
    ];
    for (const fields of changes) {
      const done = `/admin/people/${agent.id}?done=${fields.intent}`;
      expect(await send(fields)).toEqual([303, done]);
    }
    expect(await findPerson(scope, agent.id)).toMatchObject({
      name: "Ana New",
      role: "admin",
      accountIds: [far.id],
      state: "deactivated",
    });
    expect(await send({ intent: "constructor" })).toMatchObject({ init: { status: 422 } });
    expect(await send({ intent: "link" })).toMatchObject({ init: { status: 422 } });
    const role = await send({ intent: "role", role: "owner" });
    expect(role).toMatchObject({ data: { error: "The role must be admin or agent." } });
  });
});
