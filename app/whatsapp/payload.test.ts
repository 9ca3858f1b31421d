import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMediaId } from "./media-id.ts";
import { parseWebhook } from "./payload.ts";
import { oddJson } from "./testing/odd-json.ts";
import { change, contact, image, text, webhook } from "./testing/webhooks.ts";

/** In JSON.stringify's output: an escaped U+0000 or a lone surrogate. */
const REFUSED_BY_POSTGRESQL = /(?<!\\)(\\\\)*\\u(0000|d[89a-f])/;
const receivedAt = new Date("2025-04-11T04:08:20Z");
const parse = (body: unknown) => parseWebhook(body, receivedAt);
const reasonOf = (body: unknown) =>
  parse(body).map((update) => (update.kind === "unusable" ? update.reason : update.kind));

describe("what can't be stored", () => {
  it("is named, one reason for each", () => {
    for (const body of [null, 1, "text", [], {}, { entry: {} }]) {
      expect(reasonOf(body)).toEqual(["not a webhook"]);
    }
    expect(reasonOf({ entry: [1, { id: "1" }, { changes: [null, { value: null }] }] })).toEqual([
      "unreadable entry",
      "unreadable entry",
      "unreadable change",
      "unreadable change",
    ]);
    expect(reasonOf(webhook([text("wamid.1")], { metadata: {} }))).toEqual(["no phone number id"]);
    expect(
      reasonOf(
        webhook([
          "text",
          text("wamid.1", { id: "x".repeat(600) }),
          text("wamid.2", { from: "" }),
          text("wamid.3", { from: undefined, from_user_id: "US.13491208655302741918" }),
          text("wamid.4", { from: "US.13491208655302741918" }),
          text("wamid.5", { group_id: "Y2FwaV9ncm91cDox" }),
        ]),
      ),
    ).toEqual([
      "unreadable message",
      "no message id",
      "no sender phone number",
      "no sender phone number",
      "no sender phone number",
      "group message",
    ]);
  });

  it("keeps a webhook of its own, with the contact, that can be sent again", () => {
    const user = { user_id: "US.13491208655302741918", profile: { name: "Ben" } };
    const odd = text("wamid.2", { from: "", from_user_id: user.user_id });
    const body = webhook([text("wamid.1"), odd], {
      contacts: [contact("15550100001", "Ana"), user],
    });
    const updates = parse(body);
    expect(updates.map(({ kind }) => kind)).toEqual(["message", "unusable"]);
    expect(updates.flatMap((update) => ("raw" in update ? [update.raw] : []))).toEqual([
      webhook([text("wamid.1")], { contacts: [contact("15550100001", "Ana")] }),
      webhook([odd], { contacts: [user] }),
    ]);
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

  it("F10 acknowledges statuses, errors and fields that it does not know", () => {
    const body = webhook([], { messages: undefined, statuses: [{}, 1], errors: [{}] });
    expect(parse(body)).toEqual([
      { kind: "ignored", field: "statuses" },
      { kind: "ignored", field: "statuses" },
      { kind: "ignored", field: "errors" },
    ]);
    expect(parse({ entry: [{ changes: [{ field: "flows", value: "?" }] }] })).toEqual([
      { kind: "ignored", field: "flows" },
    ]);
  });

  it("F9 lets an odd message spoil none beside it", () => {
    const before = text("wamid.before");
    const after = image("wamid.after");
    const expected = parse(webhook([before, after]));
    fc.assert(
      fc.property(oddJson(image("wamid.odd", { context: { id: "wamid.0" } })), (odd) => {
        const updates = parse(webhook([before, odd, after]));
        expect(updates).toHaveLength(3);
        expect([updates[0], updates[2]]).toEqual(expected);
        expectStorable(updates[1]);
      }),
      { numRuns: 2000 },
    );
  });

  it("F9 reads any odd webhook without failing, into what can be stored", () => {
    const body = webhook([text("wamid.1"), image("wamid.2"), text("wamid.3", { type: "odd" })]);
    fc.assert(
      fc.property(oddJson(body, 6), (odd) => {
        for (const update of parse(odd)) expectStorable(update);
      }),
      { numRuns: 2000 },
    );
  });
});

function expectStorable(update: ReturnType<typeof parse>[number] | undefined): void {
  if (update?.kind !== "message") return;
  const { message } = update;
  expect(message.wamid.length).toBeLessThanOrEqual(512);
  expect(message.from).toMatch(/^\d{1,32}$/);
  expect(message.sentAt.getTime()).toBeLessThanOrEqual(receivedAt.getTime() + 300_000);
  if ("media" in message && message.media.id !== null)
    expect(isMediaId(message.media.id)).toBe(true);
  expect(JSON.stringify(message)).not.toMatch(REFUSED_BY_POSTGRESQL);
}
