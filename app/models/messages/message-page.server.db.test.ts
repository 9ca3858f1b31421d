import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addContact,
  addConversation,
  addInbox,
  addMessage,
} from "#tests/support/rows.server.ts";

afterAll(closeDatabase);

const GROUP = { kind: "group", name: null, waId: null } as const;
const minute = (minutes: number) => new Date(Date.UTC(2026, 4, 1, 12, minutes));

describe("lines of a conversation", () => {
  it("leaves out what is no line of its own", async () => {
    const { add, list } = await addInbox(db);
    const { id, wamid } = await add();
    await add({ type: "reaction", targetWamid: wamid, body: "👍", hidden: true });
    await add({ type: "revoke", targetWamid: "wamid.elsewhere", hidden: true });
    expect((await list()).map((message) => message.id)).toEqual([id]);
  });

  it("marks an edited message, and an edit whose message isn't here", async () => {
    const { add, list } = await addInbox(db);
    await add({ body: "Nine", editedAt: minute(5) });
    await add({ body: "Ten", targetWamid: "wamid.elsewhere", sentAt: minute(6) });
    expect(await list()).toMatchObject([
      { body: "Nine", editedAt: minute(5) },
      { body: "Ten", editedAt: minute(6) },
    ]);
  });

  it("keeps nothing of a message that was taken back", async () => {
    const { add, list } = await addInbox(db);
    const { wamid } = await add({
      type: "image",
      revokedAt: minute(1),
      replyToWamid: "wamid.elsewhere",
      referral: { headline: "Rooms" },
    });
    await add({ type: "reaction", targetWamid: wamid, body: "👍", hidden: true });
    expect(await list()).toMatchObject([
      { revokedAt: minute(1), mediaKind: null, quoted: null, referral: null, reactions: [] },
    ]);
  });

  it("tells what WhatsApp couldn't deliver to us, and where a customer came from", async () => {
    const { add, list } = await addInbox(db);
    await add({ type: "image", errorCode: 131052, errorTitle: "Too big" });
    await add({
      referral: { source_type: "ad", source_url: "javascript:alert(1)" },
      forwarded: "often",
    });
    expect(await list()).toMatchObject([
      { problem: { errorCode: 131052, errorTitle: "Too big" }, mediaKind: "image" },
      { referral: { source: "ad", url: null }, forwarded: "often" },
    ]);
  });

  it("names who wrote in a group by name, number or user name", async () => {
    const { scope, add, list } = await addInbox(db, GROUP);
    const senders = [
      await addContact(scope, { name: "Ben" }),
      await addContact(scope, { name: null, waId: "15550109901" }),
      await addContact(scope, { name: null, waId: null, username: "cid.test" }),
      await addContact(scope, { name: null, waId: null }),
    ];
    for (const { id } of senders) await add({ senderContactId: id });
    await add({ direction: "outbound" });
    expect((await list()).map(({ senderName }) => senderName)).toEqual([
      "Ben",
      "+15550109901",
      "@cid.test",
      "Unknown contact",
      null,
    ]);
  });
});

describe("quotes", () => {
  it("quotes the beginning of a text, a caption, or the type", async () => {
    const { add, list } = await addInbox(db);
    const long = await add({ body: "a".repeat(500) });
    const photo = await add({ type: "image", mediaCaption: "The receipt" });
    const voice = await add({ type: "audio", mediaVoice: true, direction: "outbound" });
    for (const { wamid } of [long, photo, voice]) await add({ replyToWamid: wamid });
    expect((await list()).slice(3).map(({ quoted }) => quoted)).toMatchObject([
      { messageId: long.id, text: "a".repeat(200), direction: "inbound", missing: false },
      { messageId: photo.id, text: "The receipt", type: "image" },
      { messageId: voice.id, text: null, mediaVoice: true, direction: "outbound" },
    ]);
  });

  it("says that a quoted message was taken back, or isn't here", async () => {
    const { add, list } = await addInbox(db);
    const gone = await add({ revokedAt: minute(1) });
    await add({ replyToWamid: gone.wamid });
    await add({ replyToWamid: "wamid.elsewhere" });
    expect((await list()).slice(1).map(({ quoted }) => quoted)).toMatchObject([
      { revoked: true, text: null },
      { missing: true },
    ]);
  });

  it("F73 quotes nothing of another account's or another company's", async () => {
    const world = await addInbox(db);
    const stranger = await addInbox(db);
    const sister = await addConversation(world.scope, await addAccount(world.scope));
    const foreign = [
      await stranger.add({ body: "Secret" }),
      await addMessage(world.scope, sister, { body: "Secret" }),
    ];
    for (const { wamid } of foreign) await world.add({ replyToWamid: wamid });
    expect((await world.list()).map(({ quoted }) => quoted)).toEqual([
      { missing: true },
      { missing: true },
    ]);
  });
});
