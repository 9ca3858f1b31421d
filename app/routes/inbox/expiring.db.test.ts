import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { loader } from "./expiring.tsx";

afterAll(closeDatabase);

let lastMediaId = 922684793477189;

/** A company with an unopened file on each of two numbers; its agent is a member of the first. */
async function setUp() {
  const scope = await addCompany(db);
  const admin = await addUser(scope, { role: "admin" });
  const agent = await addUser(scope);
  const near = await addAccount(scope, [agent]);
  const far = await addAccount(scope);
  const addFile = async (account: typeof near) => {
    const conversation = await addConversation(scope, account);
    const file = { type: "image", mediaId: String(++lastMediaId) };
    return addMessage(scope, conversation, file);
  };
  const files = { near: await addFile(near), far: await addFile(far) };
  return { scope, admin, agent, near, far, files };
}

type Person = Awaited<ReturnType<typeof addUser>>;

async function load(person: Person, search = "") {
  const request = requestWith(await signIn(person), `/expiring${search}`);
  return loader({ request, params: {}, context: {} });
}

const ids = async (...asked: Parameters<typeof load>) =>
  (await load(...asked)).files.map(({ messageId }) => messageId);

describe("/expiring", () => {
  it("F74 shows an agent the files of their numbers, and an admin all of the company's", async () => {
    const { admin, agent, files } = await setUp();
    expect(await ids(agent)).toEqual([files.near.id]);
    expect(await ids(admin)).toEqual([files.near.id, files.far.id]);
  });

  it("shows the files of one number", async () => {
    const { admin, far, files } = await setUp();
    expect(await ids(admin, `?account=${far.id}`)).toEqual([files.far.id]);
  });

  it("F73 F74 finds no number that is another company's, out of reach, or no number", async () => {
    const foreign = await setUp();
    const { admin, agent, far } = await setUp();
    for (const [person, account] of [
      [admin, foreign.near.id],
      [agent, far.id],
      [admin, "x"],
      [admin, ""],
    ] as const) {
      const loaded = load(person, `?account=${account}`);
      await expect(loaded).rejects.toMatchObject({ status: 404 });
    }
  });

  it("has nothing for whoever is a member of no number", async () => {
    const { scope } = await setUp();
    expect(await load(await addUser(scope))).toMatchObject({ files: [], accounts: [] });
  });

  it("leads whoever is signed out to the sign-in and back", async () => {
    const request = requestWith(undefined, "/expiring?account=1");
    const refused = await loader({ request, params: {}, context: {} }).catch((error) => error);
    expect(refused.headers.get("Location")).toBe("/login?redirectTo=%2Fexpiring%3Faccount%3D1");
  });
});
