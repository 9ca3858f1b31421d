import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { auditEvents, mediaViews } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addUser,
} from "#tests/support/rows.server.ts";
import { requestWith, signIn } from "#tests/support/sign-in.server.ts";
import { loader as page } from "./admin.audit.tsx";
import { loader as csv } from "./admin.audit-csv.ts";

afterAll(closeDatabase);

type Person = Awaited<ReturnType<typeof addUser>>;

const cookies = new Map<number, string>();
let admin: Person;
let agent: Person;
let stranger: Person;
beforeAll(async () => {
  const scope = await addCompany(db);
  const { companyId } = scope;
  admin = await addUser(scope, { role: "admin", name: "=Ada" });
  agent = await addUser(scope, { deactivatedAt: null });
  stranger = await addUser(await addCompany(db), { role: "admin" });
  const conversation = await addConversation(scope, await addAccount(scope, [agent]), {
    contact: { name: "canary name" },
  });
  const file = { type: "image", mediaId: "922684793477189" };
  const words = { mediaCaption: "canary caption", mediaFilename: "canary.jpg" };
  const { id: messageId } = await addMessage(scope, conversation, { ...file, ...words });
  const ended = { status: 200, bytes: 83_000, outcome: "complete" };
  await db
    .insert(mediaViews)
    .values({ companyId, userId: agent.id, messageId, mediaId: file.mediaId, ...ended });
  for (const person of [admin, agent, stranger]) cookies.set(person.id, await signIn(person));
});

function requestOf(person: Person, path: string, init?: RequestInit) {
  return new Request(requestWith(cookies.get(person.id), path), init);
}

async function load(person: Person, search = "") {
  const request = requestOf(person, `/admin/audit${search}`);
  const { data, init } = await page({ request, params: {}, context: {} });
  return { ...data, status: init?.status };
}

async function download(person: Person, search = "", init?: RequestInit) {
  const request = requestOf(person, `/admin/audit.csv${search}`, init);
  return csv({ request, params: {}, context: { clientAddress: "203.0.113.7" } });
}

const kinds = (loaded: Awaited<ReturnType<typeof load>>) =>
  loaded.entries.map(({ kind }) => kind).filter((kind) => kind !== "audit.exported");

describe("/admin/audit", () => {
  it("shows an admin what their company did, and nothing of what was written to it", async () => {
    const loaded = await load(admin);
    expect(kinds(loaded)).toEqual(["session.started", "session.started", "media.viewed"]);
    expect(loaded.status).toBe(200);
    expect(JSON.stringify(loaded)).not.toContain("canary");
    expect(kinds(await load(stranger))).toEqual(["session.started"]);
  });

  it("shows what a filter asks for", async () => {
    expect(kinds(await load(admin, "?kind=files"))).toEqual(["media.viewed"]);
    expect(kinds(await load(admin, `?person=${admin.id}&kind=sign-in`))).toEqual([
      "session.started",
    ]);
    expect(kinds(await load(admin, "?to=2020-01-01"))).toEqual([]);
  });

  it("F73 says what is wrong with a filter, the same of another company's person as of none", async () => {
    const foreign = await load(admin, `?person=${stranger.id}&from=soon`);
    expect(foreign).toMatchObject({ status: 400, entries: [], fields: { from: "soon" } });
    expect(foreign.problems).toHaveLength(2);
    expect((await load(admin, "?person=999999999&from=soon")).problems).toEqual(foreign.problems);
  });
});

describe("/admin/audit.csv", () => {
  it("is the same as a file, and is written down itself", async () => {
    const answer = await download(admin, `?kind=&person=${agent.id}`);
    expect(answer.headers.get("Content-Disposition")).toMatch(
      /^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const lines = (await answer.text()).split("\r\n");
    expect(lines).toEqual([
      expect.stringMatching(/^time,kind,actor_id,/),
      expect.stringContaining(`,session.started,${agent.id},`),
      expect.stringContaining(`,media.viewed,${agent.id},${agent.name},${agent.email},`),
      "",
    ]);
    expect(lines.join()).not.toContain("canary");
    const [exported] = (await load(admin)).entries;
    expect(exported).toMatchObject({
      kind: "audit.exported",
      actor: { id: admin.id },
      details: { person: `${agent.id}` },
      address: "203.0.113.7",
    });
  });

  it("hands no spreadsheet a formula", async () => {
    expect(await (await download(admin, "?kind=sign-in")).text()).toContain(",'=Ada,");
  });

  it("answers 400 to a filter that can't be meant, and writes nothing down", async () => {
    const before = await db.$count(auditEvents);
    const answer = await download(admin, "?from=soon");
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("2026-11-22");
    expect(await db.$count(auditEvents)).toBe(before);
  });

  it("F57 gives a HEAD its headers alone", async () => {
    const before = await db.$count(auditEvents);
    const answer = await download(admin, "", { method: "HEAD" });
    expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(await answer.text()).toBe("");
    expect(await db.$count(auditEvents)).toBe(before);
  });
});

describe.each([
  ["/admin/audit", page],
  ["/admin/audit.csv", csv],
] as const)("%s", (path, loader) => {
  const refusal = (request: Request) =>
    Promise.resolve(loader({ request, params: {}, context: {} })).then(
      () => undefined,
      (thrown) => thrown,
    );

  it("F74 is not for agents", async () => {
    expect(await refusal(await requestOf(agent, path))).toMatchObject({ status: 403 });
  });

  it("leads whoever is signed out to the sign-in and back", async () => {
    const { headers } = await refusal(requestWith(undefined, `${path}?kind=files`));
    expect(headers.get("Location")).toBe(
      `/login?redirectTo=${encodeURIComponent(`${path}?kind=files`)}`,
    );
  });
});
