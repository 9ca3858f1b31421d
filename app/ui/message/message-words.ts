import {
  isMediaKind,
  type MediaKind,
  type MessageKind,
  messageKindOf,
} from "#app/models/message-kind.ts";
import type { Quote } from "#app/models/messages/message-response.ts";
import { kindName } from "../words/media-words.ts";

export const REVOKED = "This message was deleted by its sender.";
export const UNSUPPORTED = "Unsupported message. Open WhatsApp on the phone to see it.";
export const PLACEHOLDER = "A file from before this inbox was connected. WhatsApp has not sent it.";

const NAMES: Record<Exclude<MessageKind, MediaKind>, string> = {
  text: "Message",
  location: "Location",
  contacts: "Contact",
  order: "Order",
  interactive: "Answer",
  button: "Answer",
  system: "System message",
  request_welcome: "Opened the chat",
  media_placeholder: "File",
  unsupported: "Unsupported message",
};

/** A quoted message in a few words. */
export function quoteWords(quote: Quote): string {
  if (quote.missing) return "A message that isn't here.";
  if (quote.revoked) return REVOKED;
  if (quote.text) return quote.text;
  return typeName(quote.type, quote.mediaVoice);
}

/** What a message is called that says nothing in words. */
export function typeName(type: string, voice: boolean): string {
  const kind = messageKindOf(type);
  return isMediaKind(kind) ? kindName(kind, voice) : NAMES[kind];
}
