import { isObject, type JsonObject } from "../values/fields.ts";
import { type Contacts, findContact, type PersonIds } from "./person.ts";
import type { NumberUpdate, UnusableUpdate, WebhookUpdate } from "./updates.ts";

/** One change of a webhook: what came under one field. */
export interface Change {
  field: string;
  value: JsonObject;
  wabaId: string | null;
  phoneNumberId: string | null;
  contacts: Contacts;
  receivedAt: Date;
  /** A webhook body of its own that carries only this, as received. */
  only(part: JsonObject): unknown;
}

export type Fault = UnusableUpdate["reason"];

type WithoutNumber<Update> = Update extends NumberUpdate ? Omit<Update, keyof NumberUpdate> : never;

/** What an element says, before the number that it belongs to is known. */
export type Found = WithoutNumber<WebhookUpdate>;

/**
 * Reads each element of a list that may be absent, may be no list, and may hold anything.
 *
 * @param only a webhook body with only this list in it
 * @param oddFault of an element that is no object
 */
export function readEach(
  list: unknown,
  only: (list: unknown) => unknown,
  oddFault: Fault,
  read: (element: JsonObject) => WebhookUpdate | WebhookUpdate[],
): WebhookUpdate[] {
  if (list == null) return [];
  if (!Array.isArray(list)) return [unusable("unreadable change", () => only(list))];
  return list.flatMap((element) =>
    isObject(element) ? read(element) : unusable(oddFault, () => only([element])),
  );
}

/** The update of what was found, for the change's number. */
export function updateOf(change: Change, found: Found | Fault, raw: () => unknown): WebhookUpdate {
  const { phoneNumberId } = change;
  if (!phoneNumberId) return unusable("no phone number id", raw);
  if (typeof found === "string") return unusable(found, raw);
  return { phoneNumberId, raw, ...found };
}

/** Part of a value: the contact of these ids, if there is one. */
export function contactOnly({ contacts }: Change, ids: PersonIds): JsonObject {
  const contact = findContact(contacts, ids);
  return contact ? { contacts: [contact.raw] } : {};
}

export function unusable(reason: Fault, raw: () => unknown): UnusableUpdate {
  return { kind: "unusable", reason, raw };
}
