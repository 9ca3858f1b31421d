import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addContact,
  addConversation,
  addInbox,
  addMessage,
  addStatus,
} from "#tests/support/rows.server.ts";

afterAll(closeDatabase);

const GROUP = { kind: "group", name: null, waId: null } as const;
const minute = (minutes: number) => new Date(Date.UTC(2026, 4, 1, 12, minutes));

describe("reactions", () => {
  it("counts each person's latest, in the order of time and not of arrival", async () => {
    const { scope, add, list } = await addInbox(db, GROUP);
    const [ben, cid] = [
      await addContact(scope, { name: "Ben" }),
      await addContact(scope, { name: "Cid" }),
    ];
    const { wamid } = await add();
    const react = (body: string | null, minutes: number, sender?: { id: number }) =>
      add({
        type: "reaction",
        targetWamid: wamid,
        body,
        hidden: true,
        sentAt: minute(minutes),
        ...(sender ? { senderContactId: sender.id } : { direction: "outbound" }),
      });
    await react("👍", 3, ben);
    await react("😮", 1, ben);
    await react("👍", 2, cid);
    await react("❤️", 4);
    expect((await list())[0]?.reactions).toEqual([
      {
        emoji: "👍",
        from: [
          { direction: "inbound", senderName: "Cid" },
          { direction: "inbound", senderName: "Ben" },
        ],
      },
      { emoji: "❤️", from: [{ direction: "outbound", senderName: null }] },
    ]);
  });

  it("forgets one that was taken away, even when its beginning comes late", async () => {
    const { add, list } = await addInbox(db);
    const { wamid } = await add();
    const reaction = { type: "reaction", targetWamid: wamid, hidden: true };
    await add({ ...reaction, body: null, sentAt: minute(2) });
    await add({ ...reaction, body: "👍", sentAt: minute(1) });
    expect((await list())[0]?.reactions).toEqual([]);
  });

  it("F73 takes none from another account or another company", async () => {
    const world = await addInbox(db);
    const stranger = await addInbox(db);
    const { wamid } = await world.add();
    const sister = await addConversation(world.scope, await addAccount(world.scope));
    const reaction = { type: "reaction", targetWamid: wamid, body: "👍", hidden: true };
    await stranger.add(reaction);
    await addMessage(world.scope, sister, reaction);
    expect((await world.list())[0]?.reactions).toEqual([]);
  });
});

describe("delivery", () => {
  it("tells how far a message of ours got, and nothing of a customer's", async () => {
    const { scope, add, list } = await addInbox(db);
    const ours = await add({ direction: "outbound" });
    const theirs = await add();
    await add({ direction: "outbound" });
    await addStatus(scope, ours, { status: "read", at: minute(3) });
    await addStatus(scope, theirs, { status: "read" });
    const errors = { errorCode: null, errorTitle: null, errorDetails: null };
    expect((await list()).map(({ delivery }) => delivery)).toEqual([
      { status: "read", ...errors, counts: null },
      null,
      null,
    ]);
  });

  it("tells why a message failed", async () => {
    const { scope, add, list } = await addInbox(db);
    const failure = { errorCode: 131047, errorTitle: "Re-engagement", errorDetails: "24 hours" };
    await addStatus(scope, await add({ direction: "outbound" }), { status: "failed", ...failure });
    expect((await list())[0]?.delivery).toMatchObject({ status: "failed", ...failure });
  });

  it("gives a group the best of its participants, and counts them", async () => {
    const { scope, add, list } = await addInbox(db, GROUP);
    const ours = await add({ direction: "outbound" });
    await addStatus(scope, ours, { status: "sent" });
    await addStatus(scope, ours, { status: "delivered", recipient: "1" });
    await addStatus(scope, ours, { status: "read", recipient: "2" });
    await addStatus(scope, ours, { status: "failed", recipient: "3", errorCode: 131026 });
    expect((await list())[0]?.delivery).toMatchObject({
      status: "read",
      errorCode: null,
      counts: { delivered: 2, read: 1, failed: 1 },
    });
  });

  it("F73 takes none of another account's or another company's", async () => {
    const world = await addInbox(db);
    const stranger = await addInbox(db);
    const { wamid } = await world.add({ direction: "outbound" });
    await addStatus(stranger.scope, { accountId: stranger.account.id, wamid });
    await addStatus(world.scope, { accountId: (await addAccount(world.scope)).id, wamid });
    expect((await world.list())[0]?.delivery).toBeNull();
  });
});
