import type { Person } from "#app/models/received/received.ts";
import { type JsonObject, objectOf, phone } from "../values/fields.ts";
import { type Change, readEach, updateOf } from "./change.ts";
import { readErrors } from "./event.ts";
import { readMessage } from "./message.ts";
import { readIds, readUsername } from "./person.ts";
import type { WebhookUpdate } from "./updates.ts";

/**
 * Reads `history`: the conversations of a business that came from the WhatsApp Business app, or
 * that it declined to share them (Meta: "Onboarding WhatsApp Business app users").
 */
export function readHistory(change: Change): WebhookUpdate[] {
  const only = (history: unknown) => change.only({ history });
  return readEach(change.value.history, only, "unreadable change", (part) => {
    const { metadata } = part;
    const onlyErrors = (errors: unknown) => only([{ metadata, errors }]);
    const onlyThreads = (threads: unknown) => only([{ metadata, threads }]);
    return [
      ...readErrors(change, part.errors, onlyErrors),
      ...readEach(part.threads, onlyThreads, "unreadable change", (thread) =>
        readThread(change, thread, (own) => onlyThreads([own])),
      ),
    ];
  });
}

function readThread(
  change: Change,
  thread: JsonObject,
  onlyThread: (thread: unknown) => unknown,
): WebhookUpdate[] {
  const { id, context, messages } = thread;
  const { wa_id, user_id, username } = objectOf(context);
  const ids = readIds(id, user_id);
  const waId = ids.waId ?? phone(wa_id);
  const { userId } = ids;
  const person =
    waId || userId ? { waId, userId, name: null, username: readUsername(username) } : null;
  const only = (list: unknown) => onlyThread({ id, context, messages: list });
  return readEach(messages, only, "unreadable message", (raw) => {
    const direction = isFrom(person, raw) ? "inbound" : "outbound";
    const found = readMessage(raw, { direction, person, imported: true }, change.receivedAt);
    return updateOf(change, found, () => only([raw]));
  });
}

function isFrom(person: Person | null, raw: JsonObject): boolean {
  const { waId, userId } = readIds(raw.from, raw.from_user_id);
  return (waId !== null && waId === person?.waId) || (userId !== null && userId === person?.userId);
}
