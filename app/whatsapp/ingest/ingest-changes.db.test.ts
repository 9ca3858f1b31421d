import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { at, newInbox, timeAt } from "#tests/support/inbox.ts";
import {
  echo,
  edit as editOf,
  formAnswer,
  image,
  media,
  message,
  pickedFile,
  reaction,
  revoke as revokeOf,
  text,
} from "#tests/support/webhooks.ts";

afterAll(closeDatabase);

const original = (seconds = 0) => text("wamid.1", { text: { body: "Frist" }, ...at(seconds) });
const edit = (wamid: string, body: string, seconds: number) =>
  editOf("wamid.1", { type: "text", text: { body } }, { id: wamid, ...at(seconds) });
const revoke = (wamid: string, seconds: number) =>
  revokeOf("wamid.1", { id: wamid, ...at(seconds) });
const captionEdit = (wamid: string, caption: string, seconds: number) => {
  const part = { caption, mime_type: "image/jpeg" };
  return editOf("wamid.1", message("image", part), { id: wamid, ...at(seconds) });
};
const nothing = {
  body: null,
  payload: null,
  referral: null,
  mediaId: null,
  mediaMimeType: null,
  mediaCaption: null,
  mediaSha256: null,
  mediaFilename: null,
};

describe("an edit", () => {
  it("replaces the words of its message, and stays no line of its own", async () => {
    const inbox = await newInbox();
    await inbox.receive([original()]);
    await inbox.receive([edit("wamid.2", "First", 10)]);
    expect(await inbox.message("wamid.1")).toMatchObject({ body: "First", editedAt: timeAt(10) });
    expect(await inbox.message("wamid.2")).toMatchObject({ hidden: true, ...nothing });
  });

  it("replaces a file by another, with its caption", async () => {
    const inbox = await newInbox();
    const better = media("image", { id: "700000000000001", caption: "Better" });
    await inbox.receive([
      image("wamid.1", at(0)),
      editOf("wamid.1", better, { id: "wamid.2", ...at(10) }),
    ]);
    expect(await inbox.message("wamid.1")).toMatchObject({
      type: "image",
      mediaId: "700000000000001",
      mediaCaption: "Better",
    });
  });

  it("of the caption alone keeps the file, and what is known of it", async () => {
    const inbox = await newInbox();
    const original = image("wamid.1", at(0), { caption: "old", filename: "a.jpg", voice: false });
    await inbox.receive([original]);
    const known = { mediaViewedAt: timeAt(5), mediaSize: 1_000 };
    await db.update(messages).set(known).where(eq(messages.companyId, inbox.companyId));
    const before = await inbox.message("wamid.1");
    await inbox.receive([captionEdit("wamid.2", "new", 10)]);
    const after = await inbox.message("wamid.1");
    expect(after).toEqual({ ...before, mediaCaption: "new", editedAt: timeAt(10) });
    await inbox.receive([edit("wamid.3", "newer", 20)]);
    expect(await inbox.message("wamid.1")).toEqual({
      ...{ ...before, mediaCaption: "newer", editedAt: timeAt(20) },
    });
    const again = media("image", { sha256: undefined, mime_type: "image/png" });
    await inbox.receive([editOf("wamid.1", again, { id: "wamid.4", ...at(30) })]);
    expect(await inbox.message("wamid.1")).toEqual({
      ...{ ...before, mediaCaption: null, editedAt: timeAt(30), mediaEditedAt: timeAt(30) },
    });
    expect(await inbox.message("wamid.2")).toMatchObject({ hidden: true, ...nothing });
  });

  it("that names another file begins anew what is known of it", async () => {
    const inbox = await newInbox();
    await inbox.receive([image("wamid.1", at(0), { filename: "a.jpg" })]);
    const known = { mediaViewedAt: timeAt(5), mediaSize: 1_000 };
    await db.update(messages).set(known).where(eq(messages.companyId, inbox.companyId));
    const other = media("image", { id: "700000000000001", sha256: undefined });
    await inbox.receive([editOf("wamid.1", other, { id: "wamid.2", ...at(10) })]);
    expect(await inbox.message("wamid.1")).toMatchObject({
      ...{ mediaId: "700000000000001", mediaSha256: null, mediaFilename: null },
      ...{ mediaSize: null, mediaViewedAt: null, mediaEditedAt: timeAt(10) },
    });
  });

  it("loses no file and no words, in whatever order and however often they come", async () => {
    const other = media("image", { id: "700000000000001", caption: "other" });
    const updates = [
      image("wamid.1", at(0)),
      captionEdit("wamid.2", "second", 10),
      editOf("wamid.1", other, { id: "wamid.3", ...at(20) }),
      captionEdit("wamid.4", "last", 30),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(updates, { minLength: updates.length }),
        fc.constantFrom("together", "in turn", "at once"),
        async (order, how) => {
          const inbox = await newInbox();
          if (how === "together") await inbox.receive(order);
          if (how === "in turn") for (const update of order) await inbox.receive([update]);
          if (how === "at once") await Promise.all(order.map((update) => inbox.receive([update])));
          await inbox.receive(order);
          const shown = (await inbox.messages()).filter(({ hidden }) => !hidden);
          expect(shown).toMatchObject([
            { wamid: "wamid.1", mediaId: "700000000000001", mediaCaption: "last" },
          ]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("that has no room for the file stays beside it", async () => {
    const inbox = await newInbox();
    const place = message("location", { latitude: 1, longitude: 2 });
    await inbox.receive([
      image("wamid.1", at(0)),
      editOf("wamid.1", place, { id: "wamid.2", ...at(10) }),
    ]);
    expect(await inbox.message("wamid.1")).toMatchObject({ type: "image", editedAt: null });
    expect(await inbox.message("wamid.2")).toMatchObject({ type: "location", hidden: false });
  });

  it("that is a form takes its files along", async () => {
    const inbox = await newInbox();
    const form = formAnswer("", { photos: [pickedFile("700000000000001")] });
    await inbox.receive([original(), editOf("wamid.1", form, { id: "wamid.2", ...at(10) })]);
    const { id, type } = await inbox.message("wamid.1");
    expect(type).toBe("interactive");
    expect(await inbox.files()).toMatchObject([{ messageId: id, mediaId: "700000000000001" }]);
    await inbox.receive([edit("wamid.3", "Never mind", 20)]);
    expect(await inbox.files()).toMatchObject([{ messageId: id }]);
    await inbox.receive([revoke("wamid.4", 30)]);
    expect(await inbox.files()).toEqual([]);
  });

  it("shows as a message while its own is not here, and the latest wins in any order", async () => {
    const updates = [original(), edit("wamid.2", "First", 10), edit("wamid.3", "1st", 20)];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(updates, { minLength: updates.length }),
        fc.boolean(),
        async (order, together) => {
          const inbox = await newInbox();
          if (together) await inbox.receive(order);
          else for (const update of order) await inbox.receive([update]);
          await inbox.receive(order);
          expect(await inbox.message("wamid.1")).toMatchObject({
            body: "1st",
            editedAt: timeAt(20),
          });
          const shown = (await inbox.messages()).filter(({ hidden }) => !hidden);
          expect(shown.map(({ wamid }) => wamid)).toEqual(["wamid.1"]);
        },
      ),
      { numRuns: 12 },
    );
    const inbox = await newInbox();
    await inbox.receive([edit("wamid.2", "First", 10)]);
    expect(await inbox.message("wamid.2")).toMatchObject({ hidden: false, body: "First" });
  });

  it("of a kind that this version doesn't know leaves the message as it was, and shows", async () => {
    const inbox = await newInbox();
    const odd = message("hologram", {});
    await inbox.receive([original(), editOf("wamid.1", odd, { id: "wamid.2", ...at(10) })]);
    expect(await inbox.message("wamid.1")).toMatchObject({ body: "Frist", editedAt: null });
    expect(await inbox.message("wamid.2")).toMatchObject({ hidden: false, type: "unsupported" });
  });
});

describe("a revoke", () => {
  it("clears words, caption and media pointer, also of edits, whichever comes first", async () => {
    const updates = [
      image("wamid.1", { referral: { headline: "Shoes" }, ...at(0) }, { filename: "a.jpg" }),
      edit("wamid.2", "Secret", 10),
      revoke("wamid.3", 20),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(updates, { minLength: updates.length }),
        fc.constantFrom("together", "in turn", "at once"),
        async (order, how) => {
          const inbox = await newInbox();
          if (how === "together") await inbox.receive(order);
          if (how === "in turn") for (const update of order) await inbox.receive([update]);
          if (how === "at once") await Promise.all(order.map((update) => inbox.receive([update])));
          expect(await inbox.message("wamid.1")).toMatchObject({
            ...nothing,
            revokedAt: timeAt(20),
          });
          expect(await inbox.message("wamid.2")).toMatchObject(nothing);
          expect(JSON.stringify(await inbox.messages())).not.toMatch(/Secret|receipt|a\.jpg|Shoes/);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("takes back only what its sender could have sent", async () => {
    const inbox = await newInbox();
    await inbox.receiveField("smb_message_echoes", {
      message_echoes: [echo(original())],
    });
    await inbox.receive([revoke("wamid.2", 10), edit("wamid.3", "Forged", 10)]);
    expect(await inbox.message("wamid.1")).toMatchObject({
      direction: "outbound",
      body: "Frist",
      revokedAt: null,
    });
  });

  it("of ours clears what we sent from the phone", async () => {
    const inbox = await newInbox();
    for (const update of [original(), revoke("wamid.2", 10)]) {
      await inbox.receiveField("smb_message_echoes", { message_echoes: [echo(update)] });
    }
    expect(await inbox.message("wamid.1")).toMatchObject({ body: null, revokedAt: timeAt(10) });
  });

  it("leaves the same wamid on another number alone", async () => {
    const [inbox, other] = [await newInbox(), await newInbox()];
    await other.receive([original()]);
    await inbox.receive([original(), revoke("wamid.2", 10)]);
    expect(await other.message("wamid.1")).toMatchObject({ body: "Frist" });
  });
});

describe("a reaction", () => {
  const react = (wamid: string, emoji: string | undefined, seconds: number) =>
    reaction("wamid.1", emoji, { id: wamid, ...at(seconds) });

  it("is kept beside its message, set and taken away, and is no line of its own", async () => {
    const inbox = await newInbox();
    await inbox.receive([
      react("wamid.2", "👍", 10),
      original(),
      react("wamid.3", "", 20),
      react("wamid.4", undefined, 30),
    ]);
    const rows = (await inbox.messages()).filter(({ targetWamid }) => targetWamid === "wamid.1");
    expect(rows.map(({ body, hidden, type }) => [body, hidden, type])).toEqual([
      ["👍", true, "reaction"],
      [null, true, "reaction"],
      [null, true, "reaction"],
    ]);
    expect(await inbox.conversations()).toHaveLength(1);
  });
});
