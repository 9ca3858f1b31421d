import { z } from "zod";
import { mediaKindOf } from "../media/media-kind.ts";
import { MEDIA_PLACEHOLDER } from "../received/received.ts";
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
 * Reads a stored payload, which is what somebody's phone sent: whatever it holds, this doesn't throw.
 *
 * @returns null for a text or a file, which the message itself has
 */
export function messageDetails(type: string, payload: unknown): MessageDetails | null {
  if (type === "text" || mediaKindOf(type)) return null;
  return detailsOf(type, payload) ?? { kind: "unsupported", of: typeWithin(payload) };
}

function detailsOf(type: string, payload: unknown): MessageDetails | null {
  switch (type) {
    case "location":
      return readLocation(payload);
    case "contacts":
      return readContactCards(payload);
    case "order":
      return readOrder(payload);
    case "interactive":
      return readInteractive(payload);
    case "button":
      return readButton(payload);
    case "system":
      return { kind: "system", text: system.safeParse(payload).data?.body ?? null };
    case "request_welcome":
      return { kind: "welcome" };
    case MEDIA_PLACEHOLDER:
      return { kind: "placeholder" };
    default:
      return null;
  }
}

const system = z.object({ body: line(500) });
const unsupported = z.object({ unsupported: z.object({ type: line(50) }) });

function typeWithin(payload: unknown): string | null {
  return unsupported.safeParse(payload).data?.unsupported.type ?? null;
}
