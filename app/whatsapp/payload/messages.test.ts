import { describe, expect, it } from "vitest";
import {
  contact,
  echo,
  fieldWebhook,
  image,
  revoke,
  text,
  webhook,
} from "#tests/support/webhooks.ts";
import { kindsOf, messageIn, parse } from "./testing/parsed.ts";

const echoed = (fields: object, value: object = {}) =>
  fieldWebhook("smb_message_echoes", {
    message_echoes: [echo(text("wamid.1"), fields)],
    ...value,
  });

describe("an echo of what we wrote elsewhere", () => {
  it("goes out to its recipient", () => {
    expect(messageIn(echoed({}))).toMatchObject({
      direction: "outbound",
      type: "text",
      body: "Hello",
      person: { waId: "15550100001", userId: null, name: null },
    });
    const contacts = [contact("15550109999", "We"), contact("15550100001", "Ana")];
    expect(messageIn(echoed({}, { contacts }))?.person).toMatchObject({ name: "Ana" });
    const withheld = { to: undefined, to_user_id: "US.1" };
    expect(messageIn(echoed(withheld))?.person).toMatchObject({ waId: null, userId: "US.1" });
  });

  it("goes to a group without a recipient", () => {
    expect(messageIn(echoed({ to: undefined, group_id: "group" }))).toMatchObject({
      groupId: "group",
      person: null,
    });
    expect(messageIn(echoed({ to: "group", group_id: "group" }))?.person).toBeNull();
    expect(kindsOf(echoed({ to: "" }))).toEqual(["no recipient"]);
  });

  it("is read from any field's value that has it", () => {
    const message_echoes = [echo(revoke("wamid.0"))];
    expect(kindsOf(webhook([text("wamid.1")], { message_echoes }))).toEqual(["message", "message"]);
    expect(kindsOf(fieldWebhook("new_echoes", { message_echoes }))).toEqual(["event", "message"]);
    expect(kindsOf(fieldWebhook("smb_message_echoes", { message_echoes: ["text", {}] }))).toEqual([
      "unreadable message",
      "no message id",
    ]);
  });
});

describe("a file that history sends later", () => {
  const later = (fields: object) =>
    fieldWebhook("history", { messages: [image("wamid.1", fields)] });

  it("is ours when our number sent it, with or without a recipient", () => {
    const ours = { direction: "outbound", mediaId: "622684793477189" };
    expect(messageIn(later({ from: "15550109999", to: "15550100001" }))).toMatchObject({
      ...ours,
      person: { waId: "15550100001" },
    });
    expect(messageIn(later({ from: "+1 555 010-9999" }))).toMatchObject({
      ...ours,
      person: null,
      groupId: null,
    });
  });

  it("is the customer's when anybody else did", () => {
    expect(messageIn(later({}))).toMatchObject({
      direction: "inbound",
      person: { waId: "15550100001" },
    });
    expect(kindsOf(later({ from: "" }))).toEqual(["no sender"]);
    const metadata = { phone_number_id: "1" };
    const body = fieldWebhook("history", { metadata, messages: [image("wamid.1", { from: "" })] });
    expect(kindsOf(body)).toEqual(["no sender"]);
  });

  it("says nothing of how far it got", () => {
    expect(parse(later({}))[0]).not.toHaveProperty("status", expect.anything());
  });
});
