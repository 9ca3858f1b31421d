import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { messageStatuses } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { at, newInbox } from "#tests/support/inbox.ts";
import { echo, edit, history, image, message, text } from "#tests/support/webhooks.ts";

afterAll(closeDatabase);

const OURS = "15550109999";
const CUSTOMER = "15550100001";

describe("an echo of what we sent from the phone", () => {
  it("is an outbound message in the customer's conversation", async () => {
    const inbox = await newInbox();
    await inbox.receive([text("wamid.1")]);
    const sent = echo(image("wamid.2"));
    for (const _ of [1, 2]) {
      await inbox.receiveField("smb_message_echoes", { message_echoes: [sent] });
    }
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.2"]]);
    expect(await inbox.message("wamid.2")).toMatchObject({
      direction: "outbound",
      mediaId: "622684793477189",
    });
  });

  it("to a person without a phone number is filed by their user id", async () => {
    const inbox = await newInbox();
    const sent = echo(text("wamid.1"), { to: undefined, to_user_id: "US.1" });
    await inbox.receiveField("smb_message_echoes", { message_echoes: [sent] });
    await inbox.receive([text("wamid.2", { from: undefined, from_user_id: "US.1" })]);
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.2"]]);
  });

  it("to nobody is kept aside", async () => {
    const inbox = await newInbox();
    const sent = echo(text("wamid.1"), { to: undefined });
    expect(
      await inbox.receiveField("smb_message_echoes", { message_echoes: [sent] }),
    ).toMatchObject({ quarantined: 1, stored: [] });
  });
});

describe("history", () => {
  const announced = history(CUSTOMER, [
    text("wamid.1", { from: OURS, ...at(10), history_context: { status: "READ" } }),
    text("wamid.2", { from: CUSTOMER, ...at(20), history_context: { status: "READ" } }),
    message("media_placeholder", undefined, {
      id: "wamid.3",
      from: OURS,
      ...at(30),
      history_context: { status: "PLAYED" },
    }),
  ]);
  const file = image("wamid.3", { from: OURS, ...at(30) });

  it("becomes past messages of both sides, with how far ours got", async () => {
    const inbox = await newInbox();
    for (const _ of [1, 2]) await inbox.receiveField("history", announced);
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.2", "wamid.3"]]);
    expect((await inbox.messages()).map(({ direction, type }) => [direction, type])).toEqual([
      ["outbound", "text"],
      ["inbound", "text"],
      ["outbound", "media_placeholder"],
    ]);
    const statuses = await db
      .select()
      .from(messageStatuses)
      .where(eq(messageStatuses.companyId, inbox.companyId));
    expect(statuses.map(({ wamid, status }) => [wamid, status]).sort()).toEqual([
      ["wamid.1", "read"],
      ["wamid.3", "played"],
    ]);
  });

  it("gets the files that follow, once, and the announcement can't take them away", async () => {
    const inbox = await newInbox();
    await inbox.receiveField("history", announced);
    for (const _ of [1, 2]) await inbox.receiveField("history", { messages: [file] });
    await inbox.receiveField("history", announced);
    expect(await inbox.message("wamid.3")).toMatchObject({
      type: "image",
      direction: "outbound",
      mediaId: "622684793477189",
    });
    expect(await inbox.messages()).toHaveLength(3);
  });

  it("gets the files of what was edited meanwhile, with the new caption", async () => {
    const inbox = await newInbox();
    await inbox.receiveField("history", announced);
    const edited = edit("wamid.3", message("image", { caption: "new" }), {
      id: "wamid.4",
      ...at(40),
    });
    await inbox.receiveField("smb_message_echoes", { message_echoes: [echo(edited)] });
    expect(await inbox.message("wamid.4")).toMatchObject({ hidden: false });
    await inbox.receiveField("history", { messages: [file] });
    expect(await inbox.message("wamid.3")).toMatchObject({
      ...{ type: "image", mediaId: "622684793477189", mediaCaption: "new" },
    });
    expect(await inbox.message("wamid.4")).toMatchObject({ hidden: true });
  });

  it("keeps aside a file of ours that nothing announced, until it can be filed", async () => {
    const inbox = await newInbox();
    expect(await inbox.receiveField("history", { messages: [file] })).toMatchObject({
      quarantined: 1,
    });
    await inbox.receiveField("history", announced);
    expect(await inbox.receiveField("history", { messages: [file] })).toMatchObject({
      quarantined: 0,
    });
    expect(await inbox.message("wamid.3")).toMatchObject({ type: "image" });
  });

  it("of thousands of messages is stored whole", async () => {
    const inbox = await newInbox();
    const threads = Array.from({ length: 60 }, (_, index) => {
      const id = String(15550200000 + index);
      return {
        id,
        messages: Array.from({ length: 50 }, (_, turn) =>
          text(`wamid.${index}.${turn}`, { from: turn % 2 ? OURS : id }),
        ),
      };
    });
    await inbox.receiveField("history", { history: [{ threads }] });
    expect(await inbox.messages()).toHaveLength(3000);
    expect(await inbox.conversations()).toHaveLength(60);
  });
});
