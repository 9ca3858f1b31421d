import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { at, newInbox, timeAt } from "#tests/support/inbox.ts";
import {
  echo,
  edit as editOf,
  image,
  media,
  message,
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
