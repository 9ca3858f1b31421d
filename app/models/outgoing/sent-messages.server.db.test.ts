import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addAccount } from "#tests/support/rows.server.ts";
import { noteStatuses } from "../received/message-statuses.server.ts";
import type { ReceivedStatus } from "../received/received.ts";
import { localWamid } from "./local-wamid.ts";
import { addOutgoing, settleUnsent } from "./outgoing.server.ts";
import { settleSent } from "./sent-messages.server.ts";
import { addOutbox, later, NOW } from "./testing/outbox.server.ts";
import { discard } from "./unsent-messages.server.ts";

afterAll(closeDatabase);

const status = (key: string | null, word = "sent", wamid = "wamid.1"): ReceivedStatus => ({
  wamid,
  recipient: "",
  status: word,
  at: NOW,
  errorCode: null,
  errorTitle: null,
  errorDetails: null,
  sentWithKey: key,
});

type Outbox = Awaited<ReturnType<typeof addOutbox>>;
const note = ({ scope, account }: Outbox, ...statuses: ReceivedStatus[]) =>
  noteStatuses(scope, account.id, statuses);
const settle = ({ scope, account }: Outbox, key: string, wamid = "wamid.1") =>
  settleSent(scope, account.id, [{ key, wamid }]);
/** The status that the conversation shows for each message in it. */
const shown = async ({ list }: Outbox) =>
  (await list()).map(({ body, isLocal, delivery }) => [body, isLocal, delivery?.status]);

describe("a message that WhatsApp accepted", () => {
  it("has WhatsApp's id, and no status of ours", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    await settle(outbox, key);
    await settle(outbox, key);
    expect(await shown(outbox)).toEqual([["Hello", false, undefined]]);
  });

  it("is not sent again by its form", async () => {
    const outbox = await addOutbox(db);
    const form = outbox.newMessage();
    await addOutgoing(outbox.scope, form, NOW);
    await settle(outbox, form.key);
    expect(await addOutgoing(outbox.scope, form, later(5))).toBeUndefined();
    expect(await outbox.messages()).toHaveLength(1);
  });

  it("F17 learns its id from a status that comes before the call's answer", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    await note(outbox, status(key, "delivered"));
    expect(await shown(outbox)).toEqual([["Hello", false, "delivered"]]);
    await settle(outbox, key);
    await settleUnsent(outbox.scope, outbox.account.id, key, undefined);
    expect(await shown(outbox)).toEqual([["Hello", false, "delivered"]]);
  });

  it("is settled once when the answer and statuses come at the same moment", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    await Promise.all([
      settle(outbox, key),
      note(outbox, status(key, "delivered")),
      settle(outbox, key),
      note(outbox, status(key, "sent")),
    ]);
    expect(await shown(outbox)).toEqual([["Hello", false, "delivered"]]);
  });

  it.each(["unconfirmed", "failed"])("is no longer %s once its status comes", async (word) => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    const refusal = word === "failed" ? { code: 1, title: "Why", details: null } : undefined;
    await settleUnsent(outbox.scope, outbox.account.id, key, refusal);
    await note(outbox, status(key));
    expect(await shown(outbox)).toEqual([["Hello", false, "sent"]]);
  });

  it("comes back when it was discarded in doubt", async () => {
    const outbox = await addOutbox(db);
    const sent = await outbox.send();
    await settleUnsent(outbox.scope, outbox.account.id, sent.key, undefined);
    expect(await discard(outbox.scope, sent, later(1))).toBe(true);
    expect(await shown(outbox)).toEqual([]);
    await note(outbox, status(sent.key, "read"));
    expect(await shown(outbox)).toEqual([["Hello", false, "read"]]);
  });

  it("is seen once when its echo came first, and by whom it was sent", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    await outbox.add({ wamid: "wamid.1", direction: "outbound", body: "Hello", sentAt: NOW });
    await settle(outbox, key);
    await note(outbox, status(key, "read"));
    expect(await outbox.list()).toMatchObject([
      { isLocal: false, sentByName: outbox.agent.name, delivery: { status: "read" } },
    ]);
  });

  it("keeps the first id when it was sent twice, in doubt", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    await settle(outbox, key, "wamid.first");
    await settle(outbox, key, "wamid.second");
    expect(await outbox.messages()).toMatchObject([{ wamid: "wamid.first" }]);
  });
});

it.each([null, "another app's data", "3f0c0b9e-0000-4000-8000-000000000001"])(
  "a status with the key %s, which is none of ours, changes no message",
  async (key) => {
    const outbox = await addOutbox(db);
    const sent = await outbox.send();
    await note(outbox, status(key));
    expect(await outbox.messages()).toMatchObject([{ wamid: localWamid(sent.key) }]);
  },
);

it("F73 a status gives an id to no message of another company, or another number", async () => {
  const [own, other] = [await addOutbox(db), await addOutbox(db)];
  const { key } = await own.send();
  await note(other, status(key));
  const { id: otherNumber } = await addAccount(own.scope);
  await noteStatuses(own.scope, otherNumber, [status(key)]);
  expect(await own.messages()).toMatchObject([{ wamid: localWamid(key) }]);
});
