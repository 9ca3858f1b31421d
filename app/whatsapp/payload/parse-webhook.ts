import { identifier, isObject, type JsonObject, objectOf } from "../values/fields.ts";
import type { WebhookField } from "../values/webhook-field.ts";
import { type Change, readEach, unusable } from "./change.ts";
import { readErrors, readEvent } from "./event.ts";
import { readGroups } from "./group.ts";
import { readHistory } from "./history.ts";
import { readUserIdUpdates } from "./identity.ts";
import { readEchoes, readLaterFiles, readMessages } from "./messages.ts";
import { readContacts } from "./person.ts";
import { readStatuses } from "./status.ts";
import type { WebhookUpdate } from "./updates.ts";

type Reader = (change: Change) => WebhookUpdate[];

/** What is read under a field. Any other field is an event. */
const readers = new Map<string, Reader>(
  Object.entries({
    messages: (change) => [...readMessages(change), ...readStatuses(change)],
    smb_message_echoes: () => [],
    history: (change) => [...readHistory(change), ...readLaterFiles(change)],
    user_id_update: readUserIdUpdates,
    group_lifecycle_update: readGroups,
    group_settings_update: readGroups,
  } satisfies { [Field in WebhookField]?: Reader }),
);

/**
 * Takes a webhook apart into its updates (Meta: Webhooks, "Payload structure"). An odd part is an
 * unusable update of its own and spoils nothing beside it; a change without any is an event.
 *
 * @param body as JSON.parse returns it
 * @param receivedAt stands in for times that can't be believed
 */
export function parseWebhook(body: unknown, receivedAt: Date): WebhookUpdate[] {
  if (!isObject(body) || !Array.isArray(body.entry)) return [unusable("not a webhook", () => body)];
  const { object, entry: entries } = body;
  const onlyEntry = (entry: unknown) => ({ object, entry });
  return readEach(entries, onlyEntry, "unreadable entry", (entry) => {
    const { id, changes } = entry;
    const wabaId = identifier(id);
    const onlyChange = (changes: unknown) => onlyEntry([{ id, changes }]);
    if (!Array.isArray(changes)) return unusable("unreadable entry", () => onlyEntry([entry]));
    return readEach(changes, onlyChange, "unreadable change", (raw) =>
      readChange(raw, wabaId, receivedAt, onlyChange),
    );
  });
}

function readChange(
  raw: JsonObject,
  wabaId: string | null,
  receivedAt: Date,
  onlyChange: (changes: unknown) => unknown,
): WebhookUpdate[] {
  const { field = "messages", value } = raw;
  const isRead = typeof field === "string" && readers.has(field);
  if (typeof field !== "string" || (isRead && !isObject(value))) {
    return [unusable("unreadable change", () => onlyChange([raw]))];
  }
  const fields = objectOf(value);
  const { messaging_product, metadata } = fields;
  const change: Change = {
    field,
    value: fields,
    wabaId,
    phoneNumberId: identifier(objectOf(metadata).phone_number_id),
    contacts: readContacts(fields.contacts),
    receivedAt,
    only: (part) => onlyChange([{ field, value: { messaging_product, metadata, ...part } }]),
  };
  const updates = [
    ...(readers.get(field)?.(change) ?? [readEvent(change)]),
    // Some senders put echoes into a value of another field.
    ...readEchoes(change),
    ...readErrors(change, fields.errors, (errors) => change.only({ errors })),
  ];
  return updates.length > 0 ? updates : [readEvent(change)];
}
