import { z } from "zod";
import { identifier, profileName, waId } from "./payload-fields.ts";
import { type InboundMessage, type MessageFault, parseMessage } from "./payload-message.ts";

/** One thing that a webhook told us. */
export type WebhookUpdate = MessageUpdate | UnusableUpdate | IgnoredUpdate;

export interface MessageUpdate {
  kind: "message";
  phoneNumberId: string;
  message: InboundMessage;
  /** A webhook body of its own that carries only this update, as received: it can be sent again. */
  raw: unknown;
}

export interface UnusableUpdate {
  kind: "unusable";
  reason:
    | MessageFault
    | "not a webhook"
    | "unreadable entry"
    | "unreadable change"
    | "no phone number id";
  raw: unknown;
}

export interface IgnoredUpdate {
  kind: "ignored";
  field: string;
}

const anything = z.unknown().optional();
const list = z.array(z.unknown());
const optionalList = list.catch([]);

const webhookShape = z.object({ object: anything, entry: list });
const entryShape = z.object({ id: anything, changes: list });
const changeShape = z.object({ field: z.string().default("messages"), value: anything });
const messagesValueShape = z.object({
  messaging_product: anything,
  metadata: anything,
  contacts: optionalList,
  messages: list.default([]),
  statuses: optionalList,
  errors: optionalList,
});
const metadataShape = z.object({ phone_number_id: identifier }).catch({ phone_number_id: null });
const contactShape = z
  .object({
    wa_id: waId,
    user_id: identifier,
    profile: z.object({ name: profileName }).catch({ name: null }),
  })
  .nullable()
  .catch(null);
const senderShape = z.object({ from: waId, from_user_id: identifier }).nullable().catch(null);

/**
 * Takes a webhook apart into its updates (Meta: Webhooks, "Payload structure"). An odd part is an
 * unusable update of its own and spoils nothing beside it.
 *
 * @param body as JSON.parse returns it
 * @param receivedAt stands in for times that can't be believed
 */
export function parseWebhook(body: unknown, receivedAt: Date): WebhookUpdate[] {
  const webhook = webhookShape.safeParse(body);
  if (!webhook.success) return [unusable("not a webhook", body)];
  const { object, entry: entries } = webhook.data;
  return entries.flatMap((raw) => {
    const entry = entryShape.safeParse(raw);
    if (!entry.success) return [unusable("unreadable entry", { object, entry: [raw] })];
    const wrap = (change: unknown) => ({
      object,
      entry: [{ id: entry.data.id, changes: [change] }],
    });
    return entry.data.changes.flatMap((change) => parseChange(change, wrap, receivedAt));
  });
}

function parseChange(
  raw: unknown,
  wrap: (change: unknown) => unknown,
  receivedAt: Date,
): WebhookUpdate[] {
  const change = changeShape.safeParse(raw);
  if (!change.success) return [unusable("unreadable change", wrap(raw))];
  const { field } = change.data;
  if (field !== "messages") return [ignored(field)];
  const value = messagesValueShape.safeParse(change.data.value);
  if (!value.success) return [unusable("unreadable change", wrap(raw))];

  const { messaging_product, metadata, contacts, messages, statuses, errors } = value.data;
  const { phone_number_id: phoneNumberId } = metadataShape.parse(metadata);
  const people = contactsByKey(contacts);
  const updates = messages.map((message): WebhookUpdate => {
    const contact = contactOf(message, people);
    const own = {
      messaging_product,
      metadata,
      contacts: contact ? [contact] : [],
      messages: [message],
    };
    const rawUpdate = wrap({ field, value: own });
    if (!phoneNumberId) return unusable("no phone number id", rawUpdate);
    const parsed = parseMessage(message, (from) => nameOf(people.get(from), from), receivedAt);
    if ("fault" in parsed) return unusable(parsed.fault, rawUpdate);
    return { kind: "message", phoneNumberId, message: parsed, raw: rawUpdate };
  });
  if (updates.length + statuses.length + errors.length === 0) return [ignored(field)];
  return [
    ...updates,
    ...statuses.map(() => ignored("statuses")),
    ...errors.map(() => ignored("errors")),
  ];
}

/** By WhatsApp id and by user id: a contact's place in the list pairs it with no message. */
function contactsByKey(contacts: unknown[]): Map<string, unknown> {
  const keys = (key: "user_id" | "wa_id") =>
    contacts.flatMap((raw): [string, unknown][] => {
      const value = contactShape.parse(raw)?.[key];
      return value ? [[value, raw]] : [];
    });
  return new Map([...keys("user_id"), ...keys("wa_id")]);
}

function nameOf(rawContact: unknown, waId: string): string | null {
  const contact = contactShape.parse(rawContact);
  return contact?.wa_id === waId ? contact.profile.name : null;
}

function contactOf(message: unknown, people: Map<string, unknown>): unknown {
  const sender = senderShape.parse(message);
  return people.get(sender?.from ?? "") ?? people.get(sender?.from_user_id ?? "");
}

function unusable(reason: UnusableUpdate["reason"], raw: unknown): UnusableUpdate {
  return { kind: "unusable", reason, raw };
}

function ignored(field: string): IgnoredUpdate {
  return { kind: "ignored", field };
}
