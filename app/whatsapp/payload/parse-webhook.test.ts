import { describe, expect, it } from "vitest";
import { change, contact, fieldWebhook, status, text, webhook } from "#tests/support/webhooks.ts";
import { kindsOf, parse } from "./testing/parsed.ts";

describe("what can't be used", () => {
  it("is named, one reason for each", () => {
    for (const body of [null, 1, "text", [], {}, { entry: {} }]) {
      expect(kindsOf(body)).toEqual(["not a webhook"]);
    }
    expect(kindsOf({ entry: [1, { id: "1" }, { changes: [null, { value: null }] }] })).toEqual([
      "unreadable entry",
      "unreadable entry",
      "unreadable change",
      "unreadable change",
    ]);
    expect(kindsOf({ entry: [{ changes: [{ field: 5, value: {} }] }] })).toEqual([
      "unreadable change",
    ]);
    expect(kindsOf(webhook([text("wamid.1")], { metadata: {} }))).toEqual(["no phone number id"]);
    const unnamed = { metadata: null, statuses: [status("wamid.1", "sent")] };
    expect(kindsOf(webhook([], unnamed))).toEqual(["no phone number id"]);
    expect(
      kindsOf(
        webhook([
          "text",
          text("wamid.1", { id: "x".repeat(600) }),
          text("wamid.2", { from: "", from_user_id: "" }),
          text("wamid.3", { from: undefined }),
        ]),
      ),
    ).toEqual(["unreadable message", "no message id", "message", "message"]);
  });

  it("keeps a webhook of its own, with the contact, that can be sent again", () => {
    const user = { user_id: "US.13491208655302741918", profile: { name: "Ben" } };
    const odd = text("", { from: "", from_user_id: user.user_id });
    const body = webhook([text("wamid.1"), odd, 5], {
      contacts: [contact("15550100001", "Ana"), user],
      statuses: [status("wamid.0", "sent"), status("wamid.0", "")],
    });
    const updates = parse(body).flatMap((update) => ("raw" in update ? [update] : []));
    expect(updates.map(({ kind }) => kind)).toEqual([
      ...["message", "unusable", "unusable", "status", "unusable"],
    ]);
    const only = (value: object) =>
      webhook([], { messages: undefined, contacts: undefined, ...value });
    expect(updates.map(({ raw }) => raw())).toEqual([
      webhook([text("wamid.1")], { contacts: [contact("15550100001", "Ana")] }),
      webhook([odd], { contacts: [user] }),
      only({ messages: [5] }),
      only({ statuses: [status("wamid.0", "sent")] }),
      only({ statuses: [status("wamid.0", "")] }),
    ]);
  });

  it("spoils nothing beside it when a list is none", () => {
    const lists = { statuses: {}, errors: "none", message_echoes: 5 };
    const updates = parse(webhook([text("wamid.1")], lists));
    expect(updates.map(({ kind }) => kind)).toEqual(["message", ...Array(3).fill("unusable")]);
    const raws = updates.flatMap((update) => (update.kind === "unusable" ? [update.raw()] : []));
    expect(raws).toEqual(
      [{ statuses: {} }, { message_echoes: 5 }, { errors: "none" }].map((list) =>
        fieldWebhook("messages", list),
      ),
    );
  });
});

describe("a whole webhook", () => {
  it("F13 is read to the last of several businesses, numbers, changes and 1,000 messages", () => {
    const messages = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, index) => text(`${prefix}.${index}`));
    const second = { metadata: { phone_number_id: "106540352242923" } };
    const body = {
      entry: [
        { id: "1", changes: [change(messages(500, "a")), change(messages(250, "b"), second)] },
        { id: "2", changes: [change(messages(750, "c"))] },
      ],
    };
    const updates = parse(body).filter((update) => update.kind === "message");
    expect(new Set(updates.map(({ message }) => message.wamid)).size).toBe(1500);
    expect(updates.filter(({ phoneNumberId }) => phoneNumberId.endsWith("3"))).toHaveLength(250);
  });

  it("takes a change without a field for one of messages", () => {
    const { value } = change([text("wamid.1")]);
    expect(kindsOf({ entry: [{ changes: [{ value }] }] })).toEqual(["message"]);
  });

  it("F9 keeps to its own keys, whatever a key is called", () => {
    const polluting = JSON.parse('{"__proto__":{"from":"15550100009","group_id":"group"}}');
    const raw = Object.assign(text("wamid.1"), { constructor: { id: "2" } });
    Object.defineProperty(raw, "__proto__", { value: polluting, enumerable: true });
    const [update] = parse(JSON.parse(JSON.stringify(webhook([raw]))));
    expect(update).toMatchObject({
      message: { wamid: "wamid.1", groupId: null, person: { waId: "15550100001" } },
    });
    expect("from" in {}).toBe(false);
    expect(kindsOf(fieldWebhook("constructor"))).toEqual(["event"]);
    expect(kindsOf(fieldWebhook("__proto__"))).toEqual(["event"]);
  });
});
