import type { IdentityChange, ReceivedMessage } from "#app/models/received/received.ts";
import { identifier, type JsonObject, objectOf, phone, sentAt } from "../values/fields.ts";
import { type Change, type Fault, type Found, readEach, updateOf } from "./change.ts";
import { readIds } from "./person.ts";
import type { WebhookUpdate } from "./updates.ts";

const CHANGES = new Set<unknown>([
  "user_changed_number",
  "customer_changed_number",
  "user_changed_user_id",
]);

/** What a system message says of its sender's ids; nothing when they stay as they were. */
export function readNumberChange(
  raw: JsonObject,
  { person, sentAt: at }: ReceivedMessage,
): IdentityChange | undefined {
  const system = objectOf(raw.system);
  if (!person || !CHANGES.has(system.type)) return undefined;
  const { waId, userId } = person;
  const current = readIds(system.wa_id || system.new_wa_id, system.user_id);
  const isNew =
    (current.waId !== null && current.waId !== waId) ||
    (current.userId !== null && current.userId !== userId);
  return isNew ? { previous: { waId, userId }, current, at } : undefined;
}

/**
 * Reads `user_id_update`: somebody's business-scoped user id became another (Meta: Webhooks,
 * "Business-scoped user IDs").
 */
export function readUserIdUpdates(change: Change): WebhookUpdate[] {
  const only = (updates: unknown) => change.only({ user_id_update: updates });
  return readEach(change.value.user_id_update, only, "unreadable identity change", (raw) =>
    updateOf(change, readUserIdUpdate(raw, change.receivedAt), () => only([raw])),
  );
}

function readUserIdUpdate(raw: JsonObject, receivedAt: Date): Found | Fault {
  const ids = objectOf(raw.user_id);
  const waId = phone(raw.wa_id);
  const previous = { waId, userId: identifier(ids.previous) };
  const current = { waId, userId: identifier(ids.current) };
  if (!current.userId || !(waId || previous.userId)) return "unreadable identity change";
  return {
    kind: "identity",
    change: { previous, current, at: sentAt(raw.timestamp, receivedAt) },
  };
}
