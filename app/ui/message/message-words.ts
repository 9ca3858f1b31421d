import { mediaKindOf, type Quote } from "#app/models/message-response.ts";
import { kindName } from "../media-words.ts";

export const REVOKED = "This message was deleted by its sender.";
export const UNSUPPORTED = "Unsupported message. Open WhatsApp on the phone to see it.";
export const PLACEHOLDER = "A file from before this inbox was connected. WhatsApp has not sent it.";

const TYPE_NAMES = new Map([
  ["location", "Location"],
  ["contacts", "Contact"],
  ["order", "Order"],
  ["interactive", "Answer"],
  ["button", "Answer"],
  ["system", "System message"],
  ["media_placeholder", "File"],
  ["text", "Message"],
]);

/** A quoted message in a few words. */
export function quoteWords(quote: Quote): string {
  if (quote.missing) return "A message that isn't here.";
  if (quote.revoked) return REVOKED;
  if (quote.text) return quote.text;
  const kind = mediaKindOf(quote.type);
  if (kind) return kindName(kind, quote.mediaVoice);
  return TYPE_NAMES.get(quote.type) ?? "Unsupported message";
}
