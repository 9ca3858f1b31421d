import { z } from "zod";
import { type MessageKind, messageKindOf } from "../message-kind.ts";
import {
  type ChoiceDetails,
  type FormDetails,
  readButton,
  readInteractive,
} from "./details/answer.ts";
import { type ContactsDetails, readContactCards } from "./details/contact-cards.ts";
import { line } from "./details/fields.ts";
import { type LocationDetails, readLocation } from "./details/location.ts";
import { type OrderDetails, readOrder } from "./details/order.ts";

/** What a message says other than in words and files. */
export type MessageDetails =
  | LocationDetails
  | ContactsDetails
  | OrderDetails
  | ChoiceDetails
  | FormDetails
  /** WhatsApp itself tells of a change, in English. */
  | { kind: "system"; text: string | null }
  /** The customer opened the chat for the first time and wrote nothing yet. */
  | { kind: "welcome" }
  /** A file that history sync hasn't sent. */
  | { kind: "placeholder" }
  /** Nothing that this version can show. `of`: what WhatsApp calls it, such as a poll. */
  | { kind: "unsupported"; of: string | null };

/**
 * What reads each kind's payload; it gives null for one that it can't use. Where there is none, the
 * message itself has all of it, in words or as a file.
 */
const readers: Record<MessageKind, ((payload: unknown) => MessageDetails | null) | null> = {
  text: null,
  image: null,
  video: null,
  audio: null,
  document: null,
  sticker: null,
  location: readLocation,
  contacts: readContactCards,
  interactive: readInteractive,
  button: readButton,
  order: readOrder,
  system: (payload) => ({
    kind: "system",
    text: system.safeParse(payload).data?.body ?? null,
  }),
  request_welcome: () => ({ kind: "welcome" }),
  media_placeholder: () => ({ kind: "placeholder" }),
  unsupported: () => null,
};

/**
 * Reads a stored payload, which is what somebody's phone sent: whatever it holds, this doesn't throw.
 *
 * @returns null for a text or a file, which the message itself has
 */
export function messageDetails(type: string, payload: unknown): MessageDetails | null {
  const read = readers[messageKindOf(type)];
  return read && (read(payload) ?? { kind: "unsupported", of: typeWithin(payload) });
}

const system = z.object({ body: line(500) });
const unsupported = z.object({ unsupported: z.object({ type: line(50) }) });

function typeWithin(payload: unknown): string | null {
  return unsupported.safeParse(payload).data?.unsupported.type ?? null;
}
