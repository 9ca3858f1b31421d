import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oddJson } from "#tests/support/odd-json.ts";
import {
  contact,
  echo,
  everyType,
  fieldWebhook,
  history,
  image,
  status,
  text,
  webhook,
} from "#tests/support/webhooks.ts";
import { isMediaId } from "../values/media-id.ts";
import { messageIn, parse, receivedAt } from "./testing/parsed.ts";
import type { WebhookUpdate } from "./updates.ts";

/** In JSON.stringify's output: an escaped U+0000 or a lone surrogate. */
const REFUSED_BY_POSTGRESQL = /(?<!\\)(\\\\)*\\u(0000|d[89a-f])/;
const MESSAGE_KEYS = Object.keys(messageIn(webhook([text("wamid.1")])) ?? {}).sort();

const context = { id: "wamid.0", forwarded: true };
const rich = { context, referral: { headline: "Ad" }, errors: [{ code: 1 }], from_user_id: "US.1" };
const userIdUpdate = { wa_id: "15550100001", user_id: { previous: "US.1", current: "US.2" } };

/** Every place of a webhook where updates are listed: an element for it, and the list's webhook. */
const places: [element: object, inList: (list: unknown[]) => object][] = [
  ...everyType.map((message): (typeof places)[number] => [
    { ...rich, ...message },
    (list) => webhook(list, { contacts: [contact("15550100001", "Ana"), { user_id: "US.1" }] }),
  ]),
  [
    echo(image("wamid.1", rich)),
    (list) => fieldWebhook("smb_message_echoes", { message_echoes: list }),
  ],
  [
    text("wamid.1", { history_context: { status: "READ" } }),
    (list) => fieldWebhook("history", history("15550100001", list)),
  ],
  [image("wamid.1"), (list) => fieldWebhook("history", { messages: list })],
  [
    status("wamid.1", "failed", { recipient_participant_id: "1", errors: [{ code: 1 }] }),
    (list) => fieldWebhook("messages", { statuses: list }),
  ],
  [userIdUpdate, (list) => fieldWebhook("user_id_update", { user_id_update: list })],
];

describe("an odd part of a webhook", () => {
  it("F9 is exactly one update, wherever it is and whatever is in it, and one again when resent", () => {
    const odd = fc
      .constantFrom(...places)
      .chain(([element, inList]) =>
        fc
          .array(oddJson(element), { minLength: 1, maxLength: 3 })
          .map((list) => ({ list, inList })),
      );
    fc.assert(
      fc.property(odd, ({ list, inList }) => {
        const updates = parse(inList(list));
        expect(updates).toHaveLength(list.length);
        for (const update of updates) {
          expectStorable(update);
          expect("raw" in update && parse(update.raw()).map(withoutRaw)).toEqual([
            withoutRaw(update),
          ]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("F9 spoils none beside it", () => {
    const before = text("wamid.before");
    const after = image("wamid.after");
    const expected = parse(webhook([before, after])).map(withoutRaw);
    fc.assert(
      fc.property(
        fc.constantFrom(...everyType).chain((message) => oddJson(message)),
        (odd) => {
          const [first, , last, ...others] = parse(webhook([before, odd, after])).map(withoutRaw);
          expect([first, last]).toEqual(expected);
          expect(others).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("F9 never makes reading fail, and leaves only what can be stored", () => {
    const lists = {
      ...history("15550100001", [text("wamid.1"), image("wamid.2")]),
      message_echoes: [echo(text("wamid.3"))],
      statuses: [status("wamid.1", "sent")],
      errors: [{ code: 1, title: "Error" }],
      user_id_update: [userIdUpdate],
    };
    const { entry } = webhook([text("wamid.4"), image("wamid.5")], lists);
    const fields = ["messages", "history", "user_id_update", "account_update", undefined];
    const body = {
      entry: entry.map(({ id, changes }) => ({
        id,
        changes: fields.flatMap((field) => changes.map((change) => ({ ...change, field }))),
      })),
    };
    fc.assert(
      fc.property(oddJson(body, 8), (odd) => {
        for (const update of parse(odd)) expectStorable(update);
      }),
      { numRuns: 1000 },
    );
  });
});

function withoutRaw(update: WebhookUpdate): object {
  return { ...update, raw: undefined };
}

function expectStorable(update: WebhookUpdate): void {
  if (update.kind === "unusable") return;
  expect(JSON.stringify(update)).not.toMatch(REFUSED_BY_POSTGRESQL);
  if (update.kind !== "message") return;
  const { message } = update;
  expect(Object.keys(message).sort()).toEqual(MESSAGE_KEYS);
  expect(Object.values(message)).not.toContain(undefined);
  expect(message.wamid.length).toBeLessThanOrEqual(512);
  expect(message.sentAt.getTime()).toBeLessThanOrEqual(receivedAt.getTime() + 300_000);
  if (message.mediaId !== null) expect(isMediaId(message.mediaId)).toBe(true);
  const { waId, userId } = message.person ?? {};
  if (message.person) expect(waId || userId).toBeTruthy();
  if (waId) expect(waId).toMatch(/^\d{1,32}$/);
  if (userId) expect(userId.length).toBeLessThanOrEqual(512);
}
