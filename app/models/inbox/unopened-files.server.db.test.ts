import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import type { messageFiles, messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addMessageFile,
  addUser,
} from "#tests/support/rows.server.ts";
import { createSession, findSessionUser } from "../sessions/sessions.server.ts";
import { type FilePlace, listUnopenedFiles } from "./unopened-files.server.ts";

afterAll(closeDatabase);

const HOUR_MS = 3_600_000;
const NOW = new Date();
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
let lastMediaId = 822684793477189;

/** The place of a message's own file. */
const own = (messageId = 0): FilePlace => ({ messageId, position: 0 });

/** A company with a number that keeps files for 7 days, and one that keeps them for an hour. */
async function setUp() {
  const scope = await addCompany(db);
  const agent = await addUser(scope);
  const week = await addAccount(scope, [agent], { name: "Support" });
  const hour = await addAccount(scope, [], { name: "Sales", mediaRetentionHours: 1 });
  const kept = await addConversation(scope, week, { contact: { name: "Ana" } });
  const brief = await addConversation(scope, hour, { contact: { name: "Ben" } });
  const addFile = (
    conversation: typeof kept,
    createdAt: Date,
    fields: Partial<typeof messages.$inferInsert> = {},
  ) =>
    addMessage(scope, conversation, {
      ...{ type: "image", mediaId: String(++lastMediaId), createdAt },
      ...fields,
    });
  const addForm = async (
    conversation: typeof kept,
    createdAt: Date,
    files: Partial<typeof messageFiles.$inferInsert>[],
    fields: Partial<typeof messages.$inferInsert> = {},
  ) => {
    const form = { type: "interactive", createdAt, ...fields };
    const message = await addMessage(scope, conversation, form);
    for (const [index, file] of files.entries()) {
      await addMessageFile(scope, message, { position: index + 1, ...file });
    }
    return message;
  };
  const list = (accountIds = [week.id, hour.id], place?: FilePlace, now = NOW) =>
    listUnopenedFiles(scope, { accountIds, after: place, now });
  const ids = async (...page: Parameters<typeof list>) =>
    (await list(...page)).files.map(({ messageId }) => messageId);
  return { scope, agent, week, hour, kept, brief, addFile, addForm, list, ids };
}

describe("listUnopenedFiles", () => {
  it("tells of a file what it is, whose, and until when WhatsApp has it", async () => {
    const { addFile, kept, list } = await setUp();
    const document = { type: "document", mediaFilename: "offer.pdf", mediaCaption: "As promised" };
    const { id } = await addFile(kept, hoursAgo(1), document);
    expect(await list()).toEqual({
      files: [
        {
          messageId: id,
          position: 0,
          conversationId: kept.id,
          contactName: "Ana",
          accountName: "Support",
          kind: "document",
          voice: false,
          filename: "offer.pdf",
          caption: "As promised",
          receivedAt: hoursAgo(1),
          expiresAt: hoursAgo(1 - 7 * 24),
        },
      ],
      more: null,
    });
  });

  it("puts the first to expire first, by each number's own time", async () => {
    const { addFile, brief, ids, kept } = await setUp();
    const young = await addFile(kept, hoursAgo(1));
    const soon = await addFile(brief, hoursAgo(0.5));
    const sooner = await addFile(kept, hoursAgo(7 * 24 - 0.1));
    expect(await ids()).toEqual([sooner.id, soon.id, young.id]);
  });

  it("leaves out what has expired, also to the moment", async () => {
    const { addFile, brief, ids, kept } = await setUp();
    await addFile(brief, hoursAgo(1));
    await addFile(kept, hoursAgo(7 * 24));
    expect(await ids()).toEqual([]);
    expect(await ids(undefined, undefined, new Date(NOW.getTime() - 1))).toHaveLength(2);
  });

  it("leaves out what somebody has opened, and what is no file of a customer's", async () => {
    const { addFile, ids, kept } = await setUp();
    for (const fields of [
      { mediaViewedAt: NOW },
      { mediaId: null },
      { direction: "outbound" as const },
      { hidden: true },
      { type: "unsupported" },
    ]) {
      await addFile(kept, hoursAgo(1), fields);
    }
    expect(await ids()).toEqual([]);
  });

  it("shows those of forms beside them, each by itself", async () => {
    const { addFile, addForm, ids, kept, list } = await setUp();
    const photo = await addFile(kept, hoursAgo(3));
    const form = await addForm(kept, hoursAgo(2), [
      { kind: "document", filename: "papers.pdf" },
      { viewedAt: NOW },
      {},
    ]);
    const last = await addFile(kept, hoursAgo(1));
    await addForm(kept, hoursAgo(1), [{}], { hidden: true });
    await addForm(kept, hoursAgo(1), [{}], { direction: "outbound" });
    expect(await ids()).toEqual([photo.id, form.id, form.id, last.id]);
    expect((await list()).files[1]).toEqual({
      ...{ messageId: form.id, position: 1, conversationId: kept.id, contactName: "Ana" },
      ...{ accountName: "Support", kind: "document", voice: false, filename: "papers.pdf" },
      ...{ caption: null, receivedAt: hoursAgo(2), expiresAt: hoursAgo(2 - 7 * 24) },
    });
    expect(await ids(undefined, { messageId: form.id, position: 1 })).toEqual([form.id, last.id]);
    expect(await ids(undefined, { messageId: form.id, position: 3 })).toEqual([last.id]);
  });

  it("F74 shows only the numbers that it is asked for", async () => {
    const { addFile, brief, hour, ids, kept, week } = await setUp();
    const near = await addFile(kept, hoursAgo(0.1));
    const far = await addFile(brief, hoursAgo(0.1));
    expect(await ids([week.id])).toEqual([near.id]);
    expect(await ids([hour.id])).toEqual([far.id]);
    expect(await ids([])).toEqual([]);
  });

  it("F89 shows nothing of another company's number, and no place in it", async () => {
    const [ours, theirs] = [await setUp(), await setUp()];
    const file = await ours.addFile(ours.kept, hoursAgo(2));
    const foreign = await theirs.addFile(theirs.kept, hoursAgo(1));
    expect(await ours.ids([theirs.week.id])).toEqual([]);
    expect(await ours.ids([ours.week.id], own(foreign.id))).toEqual([file.id]);
  });
});

describe("the pages of listUnopenedFiles", () => {
  it("hold 50 each, and together every file once, also of those that came at one moment", async () => {
    const { addFile, brief, ids, kept, list } = await setUp();
    for (let index = 0; index < 26; index++) {
      await addFile(kept, hoursAgo(7 * 24 - 0.5));
      await addFile(brief, hoursAgo(0.5));
    }
    const first = await list();
    expect(first.files).toHaveLength(50);
    const second = await ids(undefined, first.more ?? undefined);
    const all = [...first.files.map(({ messageId }) => messageId), ...second];
    expect(second).toHaveLength(2);
    expect(new Set(all).size).toBe(52);
    expect(await list(undefined, own(second.at(-1)))).toEqual({ files: [], more: null });
  });

  it("also tell apart the files of one form, across the end of a page", async () => {
    const { addForm, kept, list } = await setUp();
    await addForm(
      kept,
      hoursAgo(1),
      Array.from({ length: 60 }, () => ({})),
    );
    const first = await list();
    expect(first.more).toMatchObject({ position: 50 });
    const second = await list(undefined, first.more ?? undefined);
    const places = [...first.files, ...second.files].map(({ position }) => position);
    expect(places).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it("go on after a file that somebody has opened meanwhile", async () => {
    const { addFile, ids, kept } = await setUp();
    const opened = await addFile(kept, hoursAgo(2), { mediaViewedAt: NOW });
    const next = await addFile(kept, hoursAgo(1));
    expect(await ids(undefined, own(opened.id))).toEqual([next.id]);
  });

  it("begin anew after a file that has expired, or that nobody knows", async () => {
    const { addFile, brief, ids, kept } = await setUp();
    const gone = await addFile(brief, hoursAgo(2));
    const file = await addFile(kept, hoursAgo(7 * 24 - 1));
    expect(await ids(undefined, own(gone.id))).toEqual([file.id]);
    expect(await ids(undefined, own(999_999_999_999_999))).toEqual([file.id]);
  });
});

describe("what a session tells of files that expire unopened", () => {
  async function countFor(scope: Awaited<ReturnType<typeof addCompany>>, user: { id: number }) {
    const tokenHash = `hash of ${user.id} ${Math.random()}`;
    const expiresAt = new Date(Date.now() + HOUR_MS);
    await createSession(scope, { tokenHash, userId: user.id, expiresAt });
    return (await findSessionUser(scope, tokenHash, new Date()))?.expiringFiles;
  }

  it("are those that expire within a day on the numbers within reach", async () => {
    const { addFile, agent, brief, kept, scope } = await setUp();
    const admin = await addUser(scope, { role: "admin" });
    const others = await addCompany(db);
    const stranger = await addUser(others, { role: "admin" });
    await addFile(kept, hoursAgo(1));
    await addFile(kept, hoursAgo(7 * 24 + 1));
    expect(await countFor(scope, agent)).toBe(0);
    await addFile(kept, hoursAgo(6 * 24 + 1));
    await addFile(brief, hoursAgo(0));
    expect(await countFor(scope, agent)).toBe(1);
    expect(await countFor(scope, admin)).toBe(2);
    expect(await countFor(others, stranger)).toBe(0);
  });

  it("are counted to 10", async () => {
    const { addFile, agent, kept, scope } = await setUp();
    for (let index = 0; index < 12; index++) await addFile(kept, hoursAgo(6 * 24 + 1));
    expect(await countFor(scope, agent)).toBe(10);
  });
});
