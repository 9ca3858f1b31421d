import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { at, newInbox, timeAt } from "#tests/support/inbox.ts";
import { text } from "#tests/support/webhooks.ts";

afterAll(closeDatabase);

const PHONE = "15550100001";
const USER = "US.13491208655302741918";
const byPhone = (wamid: string, fields: object = {}) => text(wamid, { from: PHONE, ...fields });
const byBoth = (wamid: string, fields: object = {}) =>
  text(wamid, { from: PHONE, from_user_id: USER, ...fields });
const byUser = (wamid: string, fields: object = {}) =>
  text(wamid, { from: undefined, from_user_id: USER, ...fields });
const system = (wamid: string, system: object, fields: object = {}) =>
  text(wamid, { from: PHONE, type: "system", text: undefined, system, ...fields });

describe("a person without a phone number", () => {
  it.each([
    ["absent", undefined],
    ["null", null],
    ["empty", ""],
  ])("is kept when the phone number is %s", async (_how, from) => {
    const inbox = await newInbox();
    const contacts = [{ profile: { name: "Ana", username: "@ana" }, wa_id: from, user_id: USER }];
    await inbox.receive([byUser("wamid.1", { from })], { contacts });
    expect(await inbox.conversations()).toEqual([["wamid.1"]]);
    expect(await inbox.contacts()).toMatchObject([{ waId: null, name: "Ana", username: "ana" }]);
  });

  it("is taken from the contact when the message names nobody", async () => {
    const inbox = await newInbox();
    const contacts = [{ profile: { name: "Ana" }, user_id: USER }];
    await inbox.receive([text("wamid.1", { from: undefined })], { contacts });
    await inbox.receive([byUser("wamid.2")]);
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.2"]]);
  });

  it("is the same person by phone, by both, and then by user id alone", async () => {
    const inbox = await newInbox();
    for (const message of [byPhone("wamid.1"), byBoth("wamid.2"), byUser("wamid.3")]) {
      await inbox.receive([message]);
    }
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.2", "wamid.3"]]);
    expect(await inbox.contacts()).toMatchObject([{ waId: PHONE }]);
  });

  it("is the same person in any order, in one webhook and in many", async () => {
    const messages = [byUser("wamid.1"), byPhone("wamid.2"), byBoth("wamid.3"), byUser("wamid.4")];
    const together = await newInbox();
    await together.receive(messages);
    const apart = await newInbox();
    for (const message of messages) await apart.receive([message]);
    const atOnce = await newInbox();
    await Promise.all(messages.map((message) => atOnce.receive([message])));
    for (const inbox of [together, apart, atOnce]) {
      expect((await inbox.conversations()).map((wamids) => wamids.sort())).toEqual([
        ["wamid.1", "wamid.2", "wamid.3", "wamid.4"],
      ]);
      expect(await inbox.contacts()).toHaveLength(1);
      expect(await inbox.identities()).toMatchObject([{ value: PHONE }, { value: USER }]);
    }
  });

  it("keeps the later time of two conversations that become one", async () => {
    const inbox = await newInbox();
    await inbox.receive([byUser("wamid.1", at(60))]);
    await inbox.receive([byPhone("wamid.2", at(10))]);
    await inbox.receive([byBoth("wamid.3", at(30))]);
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.2", "wamid.3"]]);
  });

  it("is somebody else when a phone number comes with another user id than its owner's", async () => {
    const inbox = await newInbox();
    await inbox.receive([byBoth("wamid.1", at(0))]);
    await inbox.receive([byUser("wamid.2", { from_user_id: "US.2", ...at(10) })]);
    await inbox.receive([byBoth("wamid.3", { from_user_id: "US.2", ...at(20) })]);
    await inbox.receive([byUser("wamid.4", at(30))]);
    await inbox.receive([byPhone("wamid.5", at(40))]);
    expect(await inbox.conversations()).toEqual([
      ["wamid.1", "wamid.4"],
      ["wamid.2", "wamid.3", "wamid.5"],
    ]);
    expect(await inbox.contacts()).toMatchObject([{ waId: null }, { waId: PHONE }]);
  });
});

describe("a person who changes", () => {
  const NEW_PHONE = "15550100002";
  const moved = system(
    "wamid.moved",
    { type: "user_changed_number", wa_id: NEW_PHONE, body: "Ana changed numbers" },
    at(60),
  );

  it("keeps their conversation under a new phone number", async () => {
    const inbox = await newInbox();
    await inbox.receive([byPhone("wamid.1", at(0))]);
    await inbox.receive([moved]);
    await inbox.receive([text("wamid.2", { from: NEW_PHONE, ...at(90) })]);
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.moved", "wamid.2"]]);
    expect(await inbox.contacts()).toMatchObject([{ waId: NEW_PHONE }]);
  });

  it("keeps it when the notice comes after the first message from the new number", async () => {
    const inbox = await newInbox();
    await inbox.receive([byPhone("wamid.1", at(0))]);
    await inbox.receive([text("wamid.2", { from: NEW_PHONE, ...at(90) })]);
    await inbox.receive([moved]);
    await inbox.receive([moved]);
    expect((await inbox.conversations()).map((wamids) => wamids.sort())).toEqual([
      ["wamid.1", "wamid.2", "wamid.moved"],
    ]);
  });

  it("keeps it for a message that was sent before the change and arrives after it", async () => {
    const inbox = await newInbox();
    await inbox.receive([moved]);
    await inbox.receive([byPhone("wamid.late", at(0))]);
    expect(await inbox.conversations()).toEqual([["wamid.moved", "wamid.late"]]);
  });

  it("does not lend it to whoever gets the old number", async () => {
    const inbox = await newInbox();
    await inbox.receive([byPhone("wamid.1", at(0)), moved]);
    await inbox.receive([byPhone("wamid.other", at(5000))]);
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.moved"], ["wamid.other"]]);
    expect(await inbox.contacts()).toMatchObject([{ waId: NEW_PHONE }, { waId: PHONE }]);
  });

  it("does not get the conversation of whoever had the new number before", async () => {
    const inbox = await newInbox();
    const longAgo = text("wamid.other", { from: NEW_PHONE, timestamp: "1700000000" });
    await inbox.receive([longAgo, byPhone("wamid.1", at(0)), moved]);
    await inbox.receive([text("wamid.2", { from: NEW_PHONE, ...at(90) })]);
    expect(await inbox.conversations()).toEqual([
      ["wamid.other"],
      ["wamid.1", "wamid.moved", "wamid.2"],
    ]);
  });

  it("keeps it under a new user id, told by the account or by a system message", async () => {
    const inbox = await newInbox();
    await inbox.receive([byUser("wamid.1", at(0))]);
    const change = { user_id: { previous: USER, current: "US.2" }, ...at(10) };
    for (const _ of "twice")
      await inbox.receiveField("user_id_update", { user_id_update: [change] });
    await inbox.receive([byUser("wamid.2", { from_user_id: "US.2", ...at(20) })]);
    const again = { type: "user_changed_user_id", user_id: "US.3", body: "Changed" };
    await inbox.receive([
      system("wamid.3", again, { from: undefined, from_user_id: "US.2", ...at(30) }),
      byUser("wamid.4", { from_user_id: "US.3", ...at(40) }),
    ]);
    expect(await inbox.conversations()).toEqual([["wamid.1", "wamid.2", "wamid.3", "wamid.4"]]);
    expect(await inbox.identities()).toMatchObject(
      [
        { value: USER, endedAt: timeAt(10) },
        { value: "US.2", endedAt: timeAt(30) },
        { value: "US.3", endedAt: null },
      ].sort((a, b) => (a.value < b.value ? -1 : 1)),
    );
  });
});
