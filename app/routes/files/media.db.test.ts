import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { mediaViews } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import { action, loader } from "./media.$mediaId.tsx";
import { action as viewAction, loader as viewLoader } from "./media.$mediaId_.view.tsx";

const NEAR = "622684793477181";
const FAR = "622684793477182";
const FOREIGN = "622684793477183";
const UNKNOWN = "622684793477184";
const navigation = { Accept: "text/html", "Sec-Fetch-Dest": "document" };
const image = { Accept: "image/*", "Sec-Fetch-Dest": "image" };

let agent: string;
beforeAll(async () => {
  const scope = await addCompany(db);
  const user = await addUser(scope);
  agent = await signIn(user);
  const file = { type: "image", mediaMimeType: "image/jpeg" };
  const near = await addConversation(scope, await addAccount(scope, [user]));
  await addMessage(scope, near, { ...file, mediaId: NEAR });
  const far = await addConversation(scope, await addAccount(scope));
  await addMessage(scope, far, { ...file, mediaId: FAR });
  const other = await addCompany(db);
  const theirs = await addConversation(other, await addAccount(other));
  await addMessage(other, theirs, { ...file, mediaId: FOREIGN });
});
afterAll(closeDatabase);

const routes = [
  { name: "/media/:id", path: (id: string) => `/media/${id}`, loader, action },
  {
    name: "/media/:id/view",
    path: (id: string) => `/media/${id}/view`,
    loader: viewLoader,
    action: viewAction,
  },
];

describe.each(routes)("$name", ({ path, loader, action }) => {
  async function ask(
    mediaId: string,
    { cookie, method = "GET", headers = {} }: Asked = { cookie: agent },
  ) {
    const request = new Request(`http://localhost${path(encodeURIComponent(mediaId))}`, {
      method,
      headers: { ...headers, ...(cookie && { Cookie: cookie }) },
    });
    const handle = method === "GET" || method === "HEAD" ? loader : action;
    const answer = await handle({ request, params: { mediaId }, context: {} });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    };
  }

  it("answers 401 to who is signed out, whether the file is there or not", async () => {
    const known = await ask(NEAR, { headers: image });
    expect(known).toMatchObject({ status: 401 });
    for (const id of [FOREIGN, UNKNOWN, "bad shape"]) {
      expect(await ask(id, { headers: image })).toEqual(known);
    }
  });

  it("leads a signed-out person who opened the address to sign-in and back", async () => {
    const { status, headers } = await ask(NEAR, { headers: navigation });
    expect(status).toBe(302);
    expect(headers.location).toBe(`/login?redirectTo=${encodeURIComponent(path(NEAR))}`);
    expect(headers["cache-control"]).toBe("no-store, no-transform");
  });

  it.each([image, navigation])(
    "F73 answers another company's file byte for byte like a missing one",
    async (headers) => {
      const missing = await ask(UNKNOWN, { cookie: agent, headers });
      expect(missing.status).toBe(404);
      expect(await ask(FOREIGN, { cookie: agent, headers })).toEqual(missing);
    },
  );

  it.each(["..", "../up", "a b", "a%00", "x\u0000", "1\r\nX: 1", "é", "x".repeat(5_000), "'--"])(
    "F59 F60 answers the id %j like a missing one",
    async (id) => {
      expect(await ask(id)).toEqual(await ask(UNKNOWN));
    },
  );

  it("F74 answers 403 to a user of the company who is no member of the number", async () => {
    const { status, body } = await ask(FAR, { cookie: agent, headers: image });
    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({ kind: "forbidden", retryable: false });
  });

  it("gives HEAD the verdict of GET", async () => {
    expect(await ask(NEAR, { method: "HEAD" })).toMatchObject({ status: 401 });
    expect(await ask(FAR, { cookie: agent, method: "HEAD" })).toMatchObject({ status: 403 });
    expect(await ask(FOREIGN, { cookie: agent, method: "HEAD" })).toMatchObject({ status: 404 });
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])(
    "F63 answers 405 to %s, whoever asks for which file",
    async (method) => {
      const answer = await ask(NEAR, { cookie: agent, method });
      expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
      expect(await ask(UNKNOWN, { method })).toEqual(answer);
    },
  );

  it("writes no view down for what it refuses", async () => {
    for (const id of [FAR, FOREIGN, UNKNOWN]) await ask(id);
    expect(await db.$count(mediaViews)).toBe(0);
  });
});

interface Asked {
  cookie?: string;
  method?: string;
  headers?: Record<string, string>;
}
