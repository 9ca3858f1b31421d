import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addAccount, addCompany, addConversation, addMessage } from "#tests/support/rows.server.ts";
import { listMessages, type PagePlace } from "./messages.server.ts";

afterAll(closeDatabase);

async function setUp() {
  const scope = await addCompany(db);
  const conversation = await addConversation(scope, await addAccount(scope));
  return { scope, conversation };
}

type World = Awaited<ReturnType<typeof setUp>>;

/** Adds many messages at once. */
async function addMany({ scope, conversation }: World, sentAts: Date[]): Promise<number[]> {
  const rows = sentAts.map((sentAt, index) => ({
    companyId: scope.companyId,
    accountId: conversation.accountId,
    conversationId: conversation.id,
    wamid: `wamid.${conversation.id}.${index}`,
    direction: "inbound" as const,
    type: "text",
    sentAt,
  }));
  const added = await db.insert(messages).values(rows).returning({ id: messages.id });
  return added.map(({ id }) => id);
}

const second = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 12, 0, seconds));

/** The ids on a page, and where it leads to. */
async function read({ scope, conversation }: World, place?: PagePlace) {
  const { messages, older, newer } = await listMessages(scope, conversation.id, place);
  return { ids: messages.map(({ id }) => id), older, newer };
}

const times = (length: number, time = (index: number) => index) =>
  Array.from({ length }, (_, index) => second(time(index)));

describe("listMessages", () => {
  it("lists the newest 50, oldest first, and where the older ones are", async () => {
    const world = await setUp();
    const ids = await addMany(world, times(60));
    expect(await read(world)).toEqual({ ids: ids.slice(10), older: ids[10], newer: null });
  });

  it("has no other page when all fit on one", async () => {
    const world = await setUp();
    const ids = await addMany(world, times(50));
    expect(await read(world)).toEqual({ ids, older: null, newer: null });
  });

  it("pages through equal times, back and forth, without losing or repeating a message", async () => {
    const world = await setUp();
    const ids = await addMany(
      world,
      times(130, (index) => Math.floor(index / 65)),
    );
    const back = [await read(world)];
    for (let older = back[0]?.older; older; older = back[0]?.older) {
      back.unshift(await read(world, { name: "before", messageId: older }));
    }
    expect(back.map((page) => page.ids.length)).toEqual([30, 50, 50]);
    expect(back.flatMap((page) => page.ids)).toEqual(ids);
    expect(back.map(({ newer }) => newer)).toEqual([ids[29], ids[79], null]);

    const forth = [await read(world, { name: "after", messageId: ids[29] as number })];
    for (let newer = forth[0]?.newer; newer; newer = forth.at(-1)?.newer) {
      forth.push(await read(world, { name: "after", messageId: newer }));
    }
    expect(forth.flatMap((page) => page.ids)).toEqual(ids.slice(30));
    expect(forth.map(({ older }) => older)).toEqual([ids[30], ids[80]]);
  });

  it("shows what stands around a message, and where the rest is", async () => {
    const world = await setUp();
    const ids = await addMany(world, times(90));
    const around = (index: number) =>
      read(world, { name: "around", messageId: ids[index] as number });
    expect(await around(40)).toEqual({ ids: ids.slice(15, 65), older: ids[15], newer: ids[64] });
    expect(await around(3)).toEqual({ ids: ids.slice(0, 28), older: null, newer: ids[27] });
    expect(await around(89)).toEqual({ ids: ids.slice(64), older: ids[64], newer: null });
  });

  it("begins a few lines before the first unread message where that is far back", async () => {
    const world = await setUp();
    const ids = await addMany(world, times(90));
    const unread = (index: number) =>
      read(world, { name: "unread", messageId: ids[index] as number });
    expect(await unread(39)).toEqual({ ids: ids.slice(34, 84), older: ids[34], newer: ids[83] });
    expect(await unread(2)).toEqual({ ids: ids.slice(0, 47), older: null, newer: ids[46] });
    expect(await unread(40)).toEqual({ ids: ids.slice(40), older: ids[40], newer: null });
    expect(await unread(89)).toEqual({ ids: ids.slice(40), older: ids[40], newer: null });
  });

  it("leads back from what is after the newest message", async () => {
    const world = await setUp();
    const [id] = await addMany(world, times(1));
    const after = await read(world, { name: "after", messageId: id as number });
    expect(after).toEqual({ ids: [], older: null, newer: null });
  });

  it("keeps a page in place when newer messages come in meanwhile", async () => {
    const world = await setUp();
    await addMany(
      world,
      times(80, (index) => index % 7),
    );
    const { older } = await read(world);
    const page = () => read(world, { name: "before", messageId: older ?? 0 });
    const first = await page();
    await addMessage(world.scope, world.conversation, { sentAt: second(600) });
    expect(await page()).toEqual(first);
  });

  it("F89 shows its newest page for a message that is no line of it, whatever it is", async () => {
    const world = await setUp();
    const account = await addAccount(world.scope);
    const other = await addConversation(world.scope, account);
    const stranger = await setUp();
    const { scope, conversation } = world;
    const late = { sentAt: second(900) };
    const foreign = [
      await addMessage(scope, other, late),
      await addMessage(stranger.scope, stranger.conversation, late),
      await addMessage(scope, conversation, { hidden: true, ...late }),
      { id: Number.MAX_SAFE_INTEGER },
    ];
    const ids = await addMany(world, times(60));
    const newest = { ids: ids.slice(10), older: ids[10], newer: null };
    for (const { id: messageId } of foreign) {
      for (const name of ["before", "after", "around", "unread"] as const) {
        expect(await read(world, { name, messageId })).toEqual(newest);
      }
    }
  });

  it("F73 shows nothing of another company's conversation", async () => {
    const world = await setUp();
    const [id] = await addMany(world, [second(1), second(2)]);
    const stranger = await addCompany(db);
    const nothing = { ids: [], older: null, newer: null };
    const strange = { scope: stranger, conversation: world.conversation };
    expect(await read(strange)).toEqual(nothing);
    expect(await read(strange, { name: "around", messageId: id as number })).toEqual(nothing);
  });
});
