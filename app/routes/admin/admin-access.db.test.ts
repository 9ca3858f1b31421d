import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { at, get, number, post } from "#app/routes/admin/testing/asked.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice, auditEventsOf } from "#tests/support/office.server.ts";
import { loader as admin } from "./admin._index.ts";
import * as numbers from "./admin.numbers._index.tsx";
import * as account from "./admin.numbers.$accountId.tsx";
import * as people from "./admin.people._index.tsx";
import * as person from "./admin.people.$userId.tsx";

afterAll(closeDatabase);

type Somebody = Parameters<typeof get>[0];

describe("pages of administration", () => {
  it("F74 are for admins: an agent gets 403, whoever is signed out the sign-in", async () => {
    const { scope, agent, near } = await addOffice(db);
    const there = at(near.id);
    const them = at(agent.id);
    const requests = [
      async (who: Somebody) => admin(await get(who)),
      async (who: Somebody) => numbers.loader(await get(who)),
      async (who: Somebody) => account.loader(await get(who, "/admin", there)),
      async (who: Somebody) => people.loader(await get(who)),
      async (who: Somebody) => person.loader(await get(who, "/admin", them)),
      async (who: Somebody) => numbers.action(await post(who, number)),
      async (who: Somebody) => account.action(await post(who, number, there)),
      async (who: Somebody) =>
        people.action(await post(who, { name: "X", email: "x@office.test", role: "admin" })),
      async (who: Somebody) =>
        person.action(await post(who, { intent: "role", role: "admin" }, them)),
    ];
    for (const request of requests) {
      await expect(request(agent)).rejects.toMatchObject({ status: 403 });
      const refused: Response = await request(undefined).catch((thrown) => thrown);
      expect(refused.headers.get("Location")).toMatch(/^\/login\?redirectTo=%2Fadmin/);
    }
    expect(await auditEventsOf(scope)).toEqual([]);
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
    expect(await auditEventsOf(other.scope)).toEqual([]);
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
