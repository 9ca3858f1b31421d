import { type JsonObject, objectOf, phone } from "../values/fields.ts";
import { type Change, contactOnly, readEach, updateOf } from "./change.ts";
import { type Envelope, readMessage } from "./message.ts";
import { type PersonIds, readIds, readPerson } from "./person.ts";
import type { WebhookUpdate } from "./updates.ts";

/** Reads `messages`: what customers wrote (Meta: Webhooks, "messages"). */
export function readMessages(change: Change): WebhookUpdate[] {
  return readList(change, "messages", inbound);
}

/**
 * Reads `message_echoes`: what we wrote in another app, such as the one on the business's phone
 * (Meta: Webhooks, "smb_message_echoes").
 */
export function readEchoes(change: Change): WebhookUpdate[] {
  return readList(change, "message_echoes", outbound);
}

/**
 * Reads `messages` of the field `history`: files that came as a media_placeholder before, in
 * either direction. Ours may not say who the recipient was: the placeholder did.
 */
export function readLaterFiles(change: Change): WebhookUpdate[] {
  const us = phone(objectOf(change.value.metadata).display_phone_number);
  return readList(change, "messages", (raw) =>
    us !== null && phone(raw.from) === us
      ? { ...outbound(raw), mayLackPerson: true, imported: true }
      : { ...inbound(raw), imported: true },
  );
}

type EnvelopeIds = Omit<Envelope, "person"> & { ids: PersonIds };

function readList(
  change: Change,
  key: "messages" | "message_echoes",
  envelopeOf: (raw: JsonObject) => EnvelopeIds,
): WebhookUpdate[] {
  const only = (list: unknown) => change.only({ [key]: list });
  return readEach(change.value[key], only, "unreadable message", (raw) => {
    const { ids, ...envelope } = envelopeOf(raw);
    const person = readPerson(change.contacts, ids);
    return updateOf(change, readMessage(raw, { ...envelope, person }, change.receivedAt), () =>
      change.only({ ...contactOnly(change, ids), [key]: [raw] }),
    );
  });
}

function inbound({ from, from_user_id, type, system }: JsonObject): EnvelopeIds {
  const sender = from || type !== "system" ? from : objectOf(system).customer;
  return { direction: "inbound", ids: readIds(sender, from_user_id) };
}

function outbound({ to, to_user_id }: JsonObject): EnvelopeIds {
  return { direction: "outbound", ids: readIds(to, to_user_id) };
}
