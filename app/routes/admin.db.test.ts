import { afterAll, describe, expect, it } from "vitest";
import { requestWith, signIn } from "#app/auth/testing.server.ts";
import { findAccount, listAccounts } from "#app/models/accounts.server.ts";
import { findPerson, findPersonByEmail } from "#app/models/people.server.ts";
import { addOffice, auditOf } from "#app/models/testing-admin.server.ts";
import { closeDatabase, db } from "#db/client.server.ts";
import { loader as admin } from "./admin._index.ts";
import * as numbers from "./admin.numbers._index.tsx";
import * as account from "./admin.numbers.$accountId.tsx";
import * as people from "./admin.people._index.tsx";
import * as person from "./admin.people.$userId.tsx";

afterAll(closeDatabase);

type Params = Record<string, string>;
type Somebody = { companyId: number; id: number };

const asked = (request: Request, params: Params) => ({
  request,
  params,
  context: { clientAddress: "192.0.2.7" },
});

async function get(somebody: Somebody | undefined, path = "/admin", params: Params = {}) {
  const cookie = somebody && (await signIn(somebody));
  return asked(requestWith(cookie, path), params);
}

async function post(
  somebody: Somebody | undefined,
  fields: Record<string, string> | [string, string][],
  params: Params = {},
) {
  const body = new URLSearchParams(fields).toString();
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": String(body.length),
    ...(somebody && { Cookie: await signIn(somebody) }),
  };
  const request = new Request("https://inbox.test/admin", { method: "POST", headers, body });
  return asked(request, params);
}

const at = (id: number | string) => ({ accountId: `${id}`, userId: `${id}` });
const location = (answer: unknown) =>
  answer instanceof Response ? [answer.status, answer.headers.get("Location")] : answer;

const number = {
  phoneNumberId: "306540352242801",
  name: "Main",
  displayPhoneNumber: "+1 555 010 0011",
  retention: "1 hour",
};

describe("pages of administration", () => {
  it("F74 are for admins: an agent gets 403, whoever is signed out the sign-in", async () => {
    const { scope, agent, near } = await addOffice(db);
    const there = at(near.id);
    const them = at(agent.id);
    const requests = [
      async (who?: Somebody) => admin(await get(who)),
      async (who?: Somebody) => numbers.loader(await get(who)),
      async (who?: Somebody) => account.loader(await get(who, "/admin", there)),
      async (who?: Somebody) => people.loader(await get(who)),
      async (who?: Somebody) => person.loader(await get(who, "/admin", them)),
      async (who?: Somebody) => numbers.action(await post(who, number)),
      async (who?: Somebody) => account.action(await post(who, number, there)),
      async (who?: Somebody) =>
        people.action(await post(who, { name: "X", email: "x@office.test", role: "admin" })),
      async (who?: Somebody) =>
        person.action(await post(who, { intent: "role", role: "admin" }, them)),
    ];
    for (const request of requests) {
      await expect(request(agent)).rejects.toMatchObject({ status: 403 });
      const refused: Response = await request().catch((thrown) => thrown);
      expect(refused.headers.get("Location")).toMatch(/^\/login\?redirectTo=%2Fadmin/);
    }
    expect(await auditOf(scope)).toEqual([]);
  });

  it("F73 find nothing of another company, and nothing that isn't there, alike", async () => {
    const office = await addOffice(db);
    const other = await addOffice(db);
    const { admin } = office;
    for (const id of [other.near.id, 999_999_999, "x"]) {
      for (const request of [
        async () => account.loader(await get(admin, "/admin", at(id))),
        async () => account.action(await post(admin, number, at(id))),
      ]) {
        await expect(request()).rejects.toMatchObject({ status: 404 });
      }
    }
    for (const id of [other.agent.id, 999_999_999, "x"]) {
      for (const request of [
        async () => person.loader(await get(admin, "/admin", at(id))),
        async () => person.action(await post(admin, { intent: "link" }, at(id))),
      ]) {
        await expect(request()).rejects.toMatchObject({ status: 404 });
      }
    }
    expect(await auditOf(other.scope)).toEqual([]);
  });

  it("refuse what is no form, and one that is too large, before reading it", async () => {
    const { admin } = await addOffice(db);
    const { request, ...rest } = await post(admin, number);
    for (const [name, value, status] of [
      ["Content-Type", "application/json", 415],
      ["Content-Length", "70000", 413],
    ] as const) {
      const other = new Request(request.clone());
      other.headers.set(name, value);
      await expect(numbers.action({ request: other, ...rest })).rejects.toMatchObject({ status });
      expect(other.bodyUsed).toBe(false);
    }
  });
});

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
