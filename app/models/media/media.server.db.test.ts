import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { mediaViews, type messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addMessageFile,
  addUser,
} from "#tests/support/rows.server.ts";
import { findMedia } from "./media.server.ts";
import { recordMediaViews } from "./media-views.server.ts";

afterAll(closeDatabase);

const MEDIA_ID = "622684793477189";
const at = (minutes: number) => new Date(Date.UTC(2026, 4, 1, 12, minutes));

/** A company with an admin, an agent, and a conversation within and one out of the agent's reach. */
async function setUp() {
  const scope = await addCompany(db);
  const admin = await addUser(scope, { role: "admin" });
  const agent = await addUser(scope);
  const own = await addAccount(scope, [agent], { mediaRetentionHours: 1 });
  const near = await addConversation(scope, own);
  const far = await addConversation(scope, await addAccount(scope));
  const addImage = (
    conversation: typeof near,
    fields: Partial<typeof messages.$inferInsert> = {},
  ) => addMessage(scope, conversation, { type: "image", mediaId: MEDIA_ID, ...fields });
  return { scope, admin, agent, own, near, far, addImage };
}

describe("findMedia", () => {
  it("finds what the message tells of its file", async () => {
    const { scope, agent, own, near, addImage } = await setUp();
    const { id } = await addImage(near, {
      type: "document",
      mediaMimeType: "application/pdf",
      mediaFilename: "invoice.pdf",
      mediaSha256: "0".repeat(64),
      createdAt: at(0),
    });
    expect(await findMedia(scope, agent, MEDIA_ID)).toEqual({
      companyId: scope.companyId,
      messageId: id,
      conversationId: near.id,
      direction: "inbound",
      mediaId: MEDIA_ID,
      kind: "document",
      mimeType: "application/pdf",
      filename: "invoice.pdf",
      sha256: "0".repeat(64),
      expiresAt: at(60),
      phoneNumberId: own.phoneNumberId,
      tokenRefused: false,
    });
  });

  it("tells unknown of an id that no message has", async () => {
    const { scope, admin } = await setUp();
    expect(await findMedia(scope, admin, MEDIA_ID)).toBe("unknown");
  });

  it("F73 F89 tells unknown of another company's file, to its admin as well", async () => {
    const { near, addImage } = await setUp();
    await addImage(near);
    const stranger = await setUp();
    expect(await findMedia(stranger.scope, stranger.admin, MEDIA_ID)).toBe("unknown");
    expect(await findMedia(stranger.scope, stranger.agent, MEDIA_ID)).toBe("unknown");
  });

  it("finds one's own company's message where two companies have the same id", async () => {
    const first = await setUp();
    const second = await setUp();
    const mine = await first.addImage(first.near, { createdAt: at(1) });
    await second.addImage(second.near, { createdAt: at(2) });
    expect(await findMedia(first.scope, first.agent, MEDIA_ID)).toMatchObject({
      messageId: mine.id,
      phoneNumberId: first.own.phoneNumberId,
    });
  });

  it("F74 tells forbidden where the agent is no member, and finds it for an admin", async () => {
    const { scope, admin, agent, far, addImage } = await setUp();
    const { id } = await addImage(far);
    expect(await findMedia(scope, agent, MEDIA_ID)).toBe("forbidden");
    expect(await findMedia(scope, admin, MEDIA_ID)).toMatchObject({ messageId: id });
  });

  it("finds the one message within reach among several with the same id", async () => {
    const { scope, agent, near, far, addImage } = await setUp();
    await addImage(far, { createdAt: at(1) });
    const { id } = await addImage(near, { createdAt: at(2) });
    await addImage(far, { createdAt: at(3) });
    expect(await findMedia(scope, agent, MEDIA_ID)).toMatchObject({ messageId: id });
  });

  it("takes the latest of several within reach: its file lives longest", async () => {
    const { scope, agent, near, addImage } = await setUp();
    await addImage(near, { createdAt: at(1) });
    const { id } = await addImage(near, { createdAt: at(3) });
    await addImage(near, { createdAt: at(2) });
    expect(await findMedia(scope, agent, MEDIA_ID)).toMatchObject({ messageId: id });
  });

  it("passes over a message of a type that carries no file", async () => {
    const { scope, agent, near, far, addImage } = await setUp();
    await addImage(near, { type: "unsupported", createdAt: at(9) });
    expect(await findMedia(scope, agent, MEDIA_ID)).toBe("unknown");
    await addImage(far, { createdAt: at(1) });
    expect(await findMedia(scope, agent, MEDIA_ID)).toBe("forbidden");
    const { id } = await addImage(near, { createdAt: at(1) });
    expect(await findMedia(scope, agent, MEDIA_ID)).toMatchObject({ messageId: id });
  });

  it("finds a form's file as any other, with what the form tells of it", async () => {
    const { scope, agent, own, near, far, addImage } = await setUp();
    const form = { type: "interactive", mediaId: null, createdAt: at(0) };
    const message = await addImage(near, form);
    await addMessageFile(scope, message, { mediaId: "other" });
    await addMessageFile(scope, message, {
      ...{ mediaId: MEDIA_ID, position: 2, kind: "document", mimeType: "application/pdf" },
      ...{ filename: "papers.pdf", sha256: "0".repeat(64) },
    });
    expect(await findMedia(scope, agent, MEDIA_ID)).toEqual({
      companyId: scope.companyId,
      messageId: message.id,
      conversationId: near.id,
      direction: "inbound",
      mediaId: MEDIA_ID,
      kind: "document",
      mimeType: "application/pdf",
      filename: "papers.pdf",
      sha256: "0".repeat(64),
      expiresAt: at(60),
      phoneNumberId: own.phoneNumberId,
      tokenRefused: false,
    });
    await addMessageFile(scope, await addImage(far, form), { mediaId: "far" });
    expect(await findMedia(scope, agent, "far")).toBe("forbidden");
    const later = await addImage(near, { createdAt: at(1) });
    expect(await findMedia(scope, agent, MEDIA_ID)).toMatchObject({ messageId: later.id });
  });

  it("F73 F89 tells unknown of another company's form", async () => {
    const [ours, theirs] = [await setUp(), await setUp()];
    const form = await theirs.addImage(theirs.near, { type: "interactive", mediaId: null });
    await addMessageFile(theirs.scope, form, { mediaId: MEDIA_ID });
    expect(await findMedia(ours.scope, ours.admin, MEDIA_ID)).toBe("unknown");
  });

  it("keeps apart ids that would be one number", async () => {
    const { scope, agent, near, addImage } = await setUp();
    const { id } = await addImage(near, { mediaId: "9007199254740993" });
    expect(await findMedia(scope, agent, "9007199254740992")).toBe("unknown");
    expect(await findMedia(scope, agent, "9007199254740993")).toMatchObject({ messageId: id });
  });
});

const learned = { tap: null, requests: 1, seen: null, fileSize: null };

describe("recordMediaViews", () => {
  it("writes down who saw what, and how it ended", async () => {
    const { scope, agent, near, addImage } = await setUp();
    const { id: messageId } = await addImage(near);
    const view = { userId: agent.id, messageId, mediaId: MEDIA_ID, status: 200, bytes: 2 ** 33 };
    await recordMediaViews(scope, [{ ...view, outcome: "complete", ...learned }]);
    const rows = await db
      .select()
      .from(mediaViews)
      .where(eq(mediaViews.companyId, scope.companyId));
    expect(rows).toMatchObject([{ ...view, outcome: "complete" }]);
  });

  it("writes several down at once, each as it was, and none of none", async () => {
    const { scope, admin, agent, near, addImage } = await setUp();
    const { id: messageId } = await addImage(near);
    const views = [
      {
        userId: agent.id,
        messageId,
        mediaId: MEDIA_ID,
        status: 200,
        bytes: 4,
        outcome: "complete",
      },
      {
        userId: admin.id,
        messageId,
        mediaId: "a'b,{}",
        status: 499,
        bytes: 0,
        outcome: "client-left",
      },
      { userId: agent.id, messageId, mediaId: "NULL", status: 410, bytes: 0, outcome: "gone" },
    ];
    await recordMediaViews(
      scope,
      views.map((view) => ({ ...view, ...learned })),
    );
    await recordMediaViews(scope, []);
    const rows = await db
      .select()
      .from(mediaViews)
      .where(eq(mediaViews.companyId, scope.companyId))
      .orderBy(mediaViews.id);
    expect(rows).toMatchObject(views);
  });

  it("F89 refuses a view of another company's message or person, and all that come with it", async () => {
    const stranger = await setUp();
    const { id: foreignMessage } = await stranger.addImage(stranger.near);
    const { scope, agent, near, addImage } = await setUp();
    const { id: messageId } = await addImage(near);
    const good = { userId: agent.id, messageId, mediaId: MEDIA_ID, status: 200, bytes: 0 };
    for (const wrong of [{ messageId: foreignMessage }, { userId: stranger.agent.id }]) {
      const views = [good, { ...good, ...wrong }, good];
      const written = recordMediaViews(
        scope,
        views.map((view) => ({ ...view, outcome: "complete", ...learned })),
      );
      await expect(written).rejects.toThrow();
    }
    const rows = db.select().from(mediaViews).where(eq(mediaViews.companyId, scope.companyId));
    expect(await rows).toEqual([]);
  });
});
