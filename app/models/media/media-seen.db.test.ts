import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, listen } from "#app/process/database.server.ts";
import type { StopListening } from "#db/postgres/listener.server.ts";
import { mediaViews, messageFiles, messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addMessageFile,
  addUser,
} from "#tests/support/rows.server.ts";
import { waitFor } from "#tests/support/wait.ts";
import { type MediaView, recordMediaViews } from "./media-views.server.ts";

afterAll(closeDatabase);

let lastMediaId = 722684793477189;

/** A company with files in a conversation, and somebody who looks at them. */
async function setUp() {
  const scope = await addCompany(db);
  const user = await addUser(scope);
  const account = await addAccount(scope, [user]);
  const conversation = await addConversation(scope, account);
  const addFile = (mediaId = String(++lastMediaId)) =>
    addMessage(scope, conversation, { type: "image", mediaId });
  const addForm = async (mediaId: string) =>
    addMessageFile(scope, await addMessage(scope, conversation, { type: "interactive" }), {
      mediaId,
    });
  const viewOf = (
    file: { id: number; mediaId: string | null },
    fields: Partial<MediaView> = {},
  ): MediaView => ({
    ...{ userId: user.id, messageId: file.id, mediaId: file.mediaId ?? "", tap: null, requests: 1 },
    ...{ status: 200, bytes: 1000, outcome: "complete", seen: "likely", fileSize: 1000 },
    ...fields,
  });
  const record = (...views: MediaView[]) => recordMediaViews(scope, views);
  const noted = async ({ id }: { id: number }) => {
    const [row] = await db
      .select({ viewedAt: messages.mediaViewedAt, size: messages.mediaSize })
      .from(messages)
      .where(eq(messages.id, id));
    return row;
  };
  const notedInForm = async ({ messageId }: { messageId: number }) => {
    const [row] = await db
      .select({ viewedAt: messageFiles.viewedAt, size: messageFiles.size })
      .from(messageFiles)
      .where(eq(messageFiles.messageId, messageId));
    return row;
  };
  const rowsOf = ({ id }: { id: number }) =>
    db.select().from(mediaViews).where(eq(mediaViews.messageId, id)).orderBy(mediaViews.id);
  /** Another one after each write of the row. */
  const version = async ({ id }: { id: number }) => {
    const [row] = await db
      .select({ xmin: sql<string>`xmin::text` })
      .from(messages)
      .where(eq(messages.id, id));
    return row?.xmin;
  };
  return { conversation, addFile, addForm, viewOf, record, rowsOf, noted, notedInForm, version };
}

/** Hears what the server processes are told. @returns ends it */
async function hear(onNotification: (payload: string) => void): Promise<StopListening> {
  let stop: StopListening = async () => {};
  await new Promise<void>((onListening) => {
    stop = listen("inbox", { onNotification, onListening });
  });
  return stop;
}

describe("recordMediaViews notes at the message", () => {
  it("when its file was first seen, and how long it is", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const file = await addFile();
    expect(await noted(file)).toEqual({ viewedAt: null, size: null });
    await record(viewOf(file));
    const first = await noted(file);
    expect(first).toEqual({ viewedAt: expect.any(Date), size: 1000 });
    await record(viewOf(file));
    expect(await noted(file)).toEqual(first);
  });

  it("only the length, where nobody saw it", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const file = await addFile();
    await record(viewOf(file, { seen: null, fileSize: 2 ** 33 }));
    expect(await noted(file)).toEqual({ viewedAt: null, size: 2 ** 33 });
  });

  it("only that it was seen, where WhatsApp told no length, and forgets none", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const file = await addFile();
    await record(viewOf(file, { fileSize: null }));
    expect(await noted(file)).toEqual({ viewedAt: expect.any(Date), size: null });
    await record(viewOf(file, { fileSize: 7 }));
    await record(viewOf(file, { fileSize: null }));
    expect(await noted(file)).toMatchObject({ size: 7 });
  });

  it("of several fetches what all of them tell, each file for itself", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const [seen, unseen] = [await addFile(), await addFile()];
    await record(
      viewOf(unseen, { seen: null, fileSize: 5 }),
      viewOf(seen, { seen: null, fileSize: 6 }),
      viewOf(seen, { fileSize: null }),
      viewOf(seen, { seen: null }),
    );
    expect(await noted(seen)).toEqual({ viewedAt: expect.any(Date), size: 1000 });
    expect(await noted(unseen)).toEqual({ viewedAt: null, size: 5 });
  });

  it("for every message with the file, whichever it was opened from", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const file = await addFile();
    const forwarded = await addFile(file.mediaId ?? "");
    await record(viewOf(forwarded));
    expect(await noted(file)).toEqual({ viewedAt: expect.any(Date), size: 1000 });
  });

  it("at every form with the file too, whichever it was opened from", async () => {
    const { addFile, addForm, noted, notedInForm, record, viewOf } = await setUp();
    const file = await addFile();
    const form = await addForm(file.mediaId ?? "");
    const other = await addForm("another");
    await record(viewOf(file, { seen: null, fileSize: 5 }));
    expect(await notedInForm(form)).toEqual({ viewedAt: null, size: 5 });
    await record(viewOf({ id: form.messageId, mediaId: form.mediaId }, { fileSize: null }));
    expect(await notedInForm(form)).toEqual({ viewedAt: expect.any(Date), size: 5 });
    expect(await noted(file)).toEqual({ viewedAt: expect.any(Date), size: 5 });
    expect(await notedInForm(other)).toEqual({ viewedAt: null, size: null });
  });

  it("that nobody has seen it after all, where the page tells that it couldn't show it", async () => {
    const { addFile, addForm, noted, notedInForm, record, viewOf } = await setUp();
    const file = await addFile();
    const form = await addForm(file.mediaId ?? "");
    await record(viewOf(file, { tap: 1 }));
    expect(await noted(file)).toEqual({ viewedAt: expect.any(Date), size: 1000 });
    await record(viewOf(file, { tap: 1, requests: 0, bytes: 0, seen: "not-shown" }));
    expect(await noted(file)).toEqual({ viewedAt: null, size: 1000 });
    expect(await notedInForm(form)).toEqual({ viewedAt: null, size: 1000 });
  });

  it.each(["likely", "shown", "saved"] as const)(
    "the earlier view that was %s, where a later one wasn't after all",
    async (seen) => {
      const { addFile, noted, record, viewOf } = await setUp();
      const file = await addFile();
      await record(viewOf(file, { tap: 1, seen }));
      const first = await noted(file);
      await record(viewOf(file, { tap: 2 }));
      await record(viewOf(file, { tap: 2, requests: 0, seen: "not-shown" }));
      expect(await noted(file)).toEqual(first);
    },
  );

  it("a later view, where the first wasn't one after all", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const file = await addFile();
    await record(viewOf(file, { tap: 1 }));
    await record(viewOf(file, { tap: 2, seen: "saved" }));
    await record(viewOf(file, { tap: 1, requests: 0, seen: "not-shown" }));
    expect(await noted(file)).toEqual({ viewedAt: expect.any(Date), size: 1000 });
  });

  it("what a page told before its bytes were counted", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const file = await addFile();
    await record(viewOf(file, { tap: 1, requests: 0, bytes: 0, seen: "not-shown" }));
    await record(viewOf(file, { tap: 1 }));
    expect(await noted(file)).toEqual({ viewedAt: null, size: 1000 });
    await record(viewOf(file, { tap: 1, requests: 0, bytes: 0, seen: "shown" }));
    expect(await noted(file)).toMatchObject({ viewedAt: expect.any(Date) });
  });

  it("of a tap's many requests one row, which adds them up", async () => {
    const { addFile, record, rowsOf, viewOf } = await setUp();
    const file = await addFile();
    const part = { tap: 9, status: 206, bytes: 10, outcome: "client-left" };
    await record(viewOf(file, part));
    await record(viewOf(file, part), viewOf(file, part));
    await record(viewOf(file, { ...part, outcome: "complete", requests: 3 }));
    await record(viewOf(file, { ...part, tap: 10 }), viewOf(file), viewOf(file));
    const rows = await rowsOf(file);
    expect(
      rows.map(({ tap, requests, bytes, outcome }) => [tap, requests, bytes, outcome]),
    ).toEqual([
      [9, 6, 40, "complete"],
      [null, 1, 1000, "complete"],
      [null, 1, 1000, "complete"],
      [10, 1, 10, "client-left"],
    ]);
  });

  it("F89 nothing at another company's form with the same file", async () => {
    const [ours, theirs] = [await setUp(), await setUp()];
    const form = await theirs.addForm("shared");
    await ours.record(ours.viewOf(await ours.addFile("shared")));
    expect(await theirs.notedInForm(form)).toEqual({ viewedAt: null, size: null });
  });

  it("F89 nothing at another company's message with the same file", async () => {
    const [ours, theirs] = [await setUp(), await setUp()];
    const file = await ours.addFile();
    const foreign = await theirs.addFile(file.mediaId ?? "");
    await ours.record(ours.viewOf(file));
    expect(await theirs.noted(foreign)).toEqual({ viewedAt: null, size: null });
  });

  it("from several batches at once, whatever their order", async () => {
    const { addFile, noted, record, viewOf } = await setUp();
    const files = [await addFile(), await addFile(), await addFile(), await addFile()];
    const views = files.map((file) => viewOf(file));
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => record(...(index % 2 ? views : views.toReversed()))),
    );
    for (const file of files) expect((await noted(file))?.viewedAt).not.toBeNull();
  });

  it("nothing, and writes no row, where all is known", async () => {
    const { addFile, record, version, viewOf } = await setUp();
    const file = await addFile();
    await record(viewOf(file));
    const before = await version(file);
    await record(viewOf(file), viewOf(file, { seen: null }), viewOf(file, { fileSize: null }));
    expect(await version(file)).toBe(before);
  });

  it("and tells nobody: it changes nothing that others see", async () => {
    const { addFile, conversation, record, viewOf } = await setUp();
    const { companyId, accountId } = conversation;
    const file = await addFile();
    const heard: string[] = [];
    const end = await hear((payload) => heard.push(payload));
    await record(viewOf(file));
    await addFile();
    const told = `${companyId}:${accountId}:${conversation.id}`;
    await waitFor(() => expect(heard).toContain(told));
    expect(heard).toEqual([told]);
    await end();
  });
});
