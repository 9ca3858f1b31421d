import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { auditEvents, mediaViews, messageFiles } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addMessageFile,
  addUser,
} from "#tests/support/rows.server.ts";
import { type AuditFilter, allAuditEntries, listAuditLog, VIEW_KIND } from "./audit-log.server.ts";
import { listAuditPeople } from "./audit-people.server.ts";
import {
  type AuditPosition,
  formatAuditPosition,
  parseAuditPosition,
} from "./audit-position.server.ts";

afterAll(closeDatabase);

const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 12, minute));

async function setUp() {
  const scope = await addCompany(db);
  const { companyId } = scope;
  const [ada, alex] = [await addUser(scope, { role: "admin" }), await addUser(scope)];
  const account = await addAccount(scope, [alex]);
  const conversation = await addConversation(scope, account);
  const message = await addMessage(scope, conversation, {
    type: "image",
    mediaId: "922684793477189",
    mediaCaption: "canary caption",
    mediaFilename: "canary.jpg",
    body: "canary body",
  });
  const view = (minute: number, fields: Partial<typeof mediaViews.$inferInsert> = {}) =>
    db.insert(mediaViews).values({
      companyId,
      userId: alex.id,
      messageId: message.id,
      mediaId: "922684793477189",
      viewedAt: at(minute),
      status: 200,
      bytes: 83_000,
      outcome: "complete",
      seen: "likely",
      ...fields,
    });
  const event = (
    minute: number,
    kind: string,
    fields: Partial<typeof auditEvents.$inferInsert> = {},
  ) => db.insert(auditEvents).values({ companyId, at: at(minute), kind, ...fields });
  const list = async (filter: AuditFilter = {}) =>
    (await listAuditLog(scope, filter, { length: 50 })).entries;
  const kinds = async (filter?: AuditFilter) =>
    (await list(filter)).map(({ kind, at }) => `${kind} ${at.getUTCMinutes()}`);
  return { scope, ada, alex, account, conversation, message, view, event, list, kinds };
}

let ours: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  ours = await setUp();
});

describe("the audit log", () => {
  it("tells who viewed which file, when and how that ended, and nothing of what was written", async () => {
    const { alex, account, conversation, message } = ours;
    await ours.view(1);
    const entries = await ours.list();
    expect(entries).toEqual([
      {
        source: "view",
        id: expect.any(Number),
        at: at(1),
        kind: VIEW_KIND,
        actor: { id: alex.id, name: alex.name, email: alex.email },
        subject: null,
        account: { id: account.id, name: account.name },
        file: {
          messageId: message.id,
          conversationId: conversation.id,
          mediaId: "922684793477189",
          type: "image",
          voice: false,
          status: 200,
          bytes: 83_000,
          requests: 1,
          outcome: "complete",
          seen: "likely",
        },
        details: null,
        address: null,
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain("canary");
  });

  it("tells of a form's file its own kind, and after a revoke the message's", async () => {
    const { conversation, list, scope, view } = await setUp();
    const form = await addMessage(scope, conversation, { type: "interactive" });
    const { mediaId } = await addMessageFile(scope, form, { kind: "document" });
    await addMessageFile(scope, form, { position: 2 });
    await view(1, { messageId: form.id, mediaId });
    const types = async () => (await list()).map(({ file }) => file?.type);
    expect(await types()).toEqual(["document"]);
    await db.delete(messageFiles);
    expect(await types()).toEqual(["interactive"]);
  });

  it("tells who changed what, with the names of people who were deactivated since", async () => {
    const gone = await addUser(ours.scope, { name: "Gone Person", deactivatedAt: at(3) });
    await ours.event(2, "user.role_changed", {
      actorUserId: ours.ada.id,
      subjectUserId: gone.id,
      subjectAccountId: ours.account.id,
      details: { from: "agent", to: "admin" },
      address: "203.0.113.7",
    });
    expect(await ours.list()).toMatchObject([
      {
        source: "event",
        kind: "user.role_changed",
        actor: { name: ours.ada.name },
        subject: { name: "Gone Person" },
        account: { name: ours.account.name },
        file: null,
        details: { from: "agent", to: "admin" },
        address: "203.0.113.7",
      },
    ]);
    expect(await listAuditPeople(ours.scope)).toContainEqual({
      id: gone.id,
      name: "Gone Person",
      isActive: false,
    });
  });

  it("puts views and events into one order, the latest first", async () => {
    await ours.view(1);
    await ours.event(2, "session.started");
    await ours.view(3);
    await ours.event(3, "session.ended");
    expect(await ours.kinds()).toEqual([
      "media.viewed 3",
      "session.ended 3",
      "session.started 2",
      "media.viewed 1",
    ]);
  });

  it("is filtered by kind, by person on either side, and by time", async () => {
    const { ada, alex } = ours;
    await ours.view(1);
    await ours.view(2, { userId: ada.id });
    await ours.event(3, "session.started", { actorUserId: alex.id });
    await ours.event(4, "user.renamed", { actorUserId: ada.id, subjectUserId: alex.id });
    await ours.event(5, "account.added", { actorUserId: ada.id });

    expect(await ours.kinds({ kinds: [VIEW_KIND] })).toEqual(["media.viewed 2", "media.viewed 1"]);
    expect(await ours.kinds({ kinds: ["account.added"] })).toEqual(["account.added 5"]);
    expect(await ours.kinds({ kinds: ["session.started", VIEW_KIND], personId: alex.id })).toEqual([
      "session.started 3",
      "media.viewed 1",
    ]);
    expect(await ours.kinds({ personId: alex.id })).toEqual([
      "user.renamed 4",
      "session.started 3",
      "media.viewed 1",
    ]);
    expect(await ours.kinds({ from: at(2), until: at(4) })).toEqual([
      "session.started 3",
      "media.viewed 2",
    ]);
  });

  it("gives every line once, page by page, however many are of one time", async () => {
    for (let n = 0; n < 4; n++) {
      await ours.view(1);
      await ours.event(1, "session.started");
    }
    await ours.view(0);
    const seen: string[] = [];
    let after: AuditPosition | undefined;
    for (const length of [2, 2, 2, 2, 1]) {
      const page = await listAuditLog(ours.scope, {}, { length: 2, after });
      expect(page.entries).toHaveLength(length);
      seen.push(...page.entries.map(({ source, id }) => `${source} ${id}`));
      after = page.more ? parseAuditPosition(formatAuditPosition(page.more)) : undefined;
    }
    expect(after).toBeUndefined();
    expect(new Set(seen).size).toBe(9);
    expect(seen).toHaveLength(9);
  });

  it("is read in parts as a whole, and F85 no further than its reader may", async () => {
    for (let minute = 0; minute < 5; minute++) await ours.view(minute);
    const read = async (mayGoOn: boolean) => {
      const times: number[] = [];
      const entries = allAuditEntries(ours.scope, {}, async () => mayGoOn, 2);
      const read = (async () => {
        for await (const { at } of entries) times.push(at.getUTCMinutes());
      })();
      const error = await read.then(() => undefined, String);
      return { times, error };
    };
    expect(await read(true)).toEqual({ times: [4, 3, 2, 1, 0], error: undefined });
    expect(await read(false)).toEqual({
      times: [4, 3],
      error: expect.stringContaining("no longer"),
    });
  });

  it("F89 is of one company alone, also when another's person is asked for", async () => {
    const theirs = await setUp();
    await theirs.view(1);
    await theirs.event(2, "session.started", { actorUserId: theirs.alex.id });
    expect(await ours.list()).toEqual([]);
    expect(await ours.list({ personId: theirs.alex.id })).toEqual([]);
  });
});

it.each(["", "v", "x1-1", "v1", "v1-", "e1-1x", "v-1-1", "v99999999999999999-1"])(
  "reads no place out of %j",
  (written) => {
    expect(parseAuditPosition(written)).toBeUndefined();
  },
);
