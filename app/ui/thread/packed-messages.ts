import type { Delivery, MessageResponse, Quote } from "#app/models/messages/message-response.ts";
import { unusual } from "../words/unusual.ts";

/** What most messages have, or don't have. */
const USUAL = {
  direction: "inbound",
  senderName: null,
  type: "text",
  body: null,
  unread: false,
  sentByName: null,
  isLocal: false,
  forwarded: null,
  editedAt: null,
  revokedAt: null,
  problem: null,
  details: null,
  referral: null,
  quoted: null,
  reactions: [],
  delivery: null,
  mediaKind: null,
  mediaId: null,
  mediaCaption: null,
  mediaFilename: null,
  mediaVoice: false,
  mediaSize: null,
  mediaTint: null,
  mediaExpiresAt: null,
} satisfies Partial<MessageResponse>;

const USUAL_DELIVERY = {
  errorCode: null,
  errorTitle: null,
  errorDetails: null,
  counts: null,
} satisfies Partial<Delivery>;

const USUAL_QUOTE = {
  senderName: null,
  mediaVoice: false,
  text: null,
  revoked: false,
} satisfies Partial<Quote>;

/**
 * Messages for a page to take over, without what is usual. As one string: compressed, a page's
 * objects would weigh twice as much, because Remix writes each of their fields as a number of its own.
 */
export function packMessages(messages: readonly MessageResponse[]): string {
  return JSON.stringify(
    messages.map((message) => ({
      ...unusual(message, USUAL),
      ...(message.delivery && { delivery: unusual(message.delivery, USUAL_DELIVERY) }),
      ...(message.quoted && { quoted: unusual(message.quoted, USUAL_QUOTE) }),
    })),
  );
}

export function unpackMessages(packed: string): MessageResponse[] {
  return (JSON.parse(packed) as Record<string, never>[]).map(unpack);
}

function unpack({ delivery, quoted, ...rest }: Record<string, never>): MessageResponse {
  const message: Record<string, unknown> = {
    ...USUAL,
    ...rest,
    delivery: delivery ? { ...USUAL_DELIVERY, ...(delivery as object) } : null,
    quoted: quoted ? unpackQuote(quoted) : null,
  };
  for (const key of ["sentAt", "editedAt", "revokedAt", "mediaExpiresAt"]) {
    const at = message[key];
    if (typeof at === "string") message[key] = new Date(at);
  }
  return message as unknown as MessageResponse;
}

function unpackQuote(quote: Quote): Quote {
  return quote.missing ? quote : { ...USUAL_QUOTE, ...quote };
}
