import type { ReceivedGroup } from "#app/models/received/received.ts";
import {
  identifier,
  isObject,
  type JsonObject,
  label,
  objectOf,
  sentAt,
} from "../values/fields.ts";
import { type Change, updateOf } from "./change.ts";
import { readEvent } from "./event.ts";
import type { WebhookUpdate } from "./updates.ts";

const MAX_SUBJECT = 256;

/**
 * Reads what a group is called, when it is made and when it is renamed (Meta: Groups API,
 * "group_lifecycle_update" and "group_settings_update"). All else in these fields is an event.
 */
export function readGroups(change: Change): WebhookUpdate[] {
  const { groups } = change.value;
  const named = (Array.isArray(groups) ? groups : []).flatMap((raw) => {
    const group = isObject(raw) && readGroup(raw, change.receivedAt);
    if (!group) return [];
    return updateOf(change, { kind: "group", group }, () => change.only({ groups: [raw] }));
  });
  return [readEvent(change), ...named];
}

function readGroup(raw: JsonObject, receivedAt: Date): ReceivedGroup | undefined {
  const groupId = identifier(raw.group_id);
  const { text, update_successful: isDone } = objectOf(raw.group_subject);
  const subject = label(isDone === false ? null : (text ?? raw.subject), MAX_SUBJECT);
  return groupId && subject
    ? { groupId, subject, at: sentAt(raw.timestamp, receivedAt) }
    : undefined;
}
