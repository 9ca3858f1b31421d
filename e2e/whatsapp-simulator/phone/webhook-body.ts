import { businessNumber } from "../business-numbers.ts";
import type { MediaKind } from "../samples/index.ts";

/** The key under which a message of this kind carries its file, which is its type as well. */
const TYPES: Record<MediaKind, string> = {
  photo: "image",
  voice: "audio",
  video: "video",
  sticker: "sticker",
  document: "document",
};

export interface WebhookMessage {
  /** The business number's phone_number_id. */
  to: string;
  /** The sender's number, digits. */
  from: string;
  name: string;
  wamid: string;
  /** Seconds since 1970. */
  timestamp: number;
  /** The message's `type` and what stands under the key of that name. */
  type: string;
  content: Record<string, unknown>;
}

/**
 * One message as the webhook field "messages" carries it (Meta's "Webhooks, messages reference").
 *
 * @returns an object; on the wire it is escapeLikeMeta(JSON.stringify(…))
 */
export function webhookBody(message: WebhookMessage) {
  const { to, from, name, wamid, timestamp, type, content } = message;
  const number = businessNumber(to);
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.displayPhoneNumber, phone_number_id: to },
    contacts: [{ profile: { name }, wa_id: from }],
    messages: [{ from, id: wamid, timestamp: String(timestamp), type, [type]: content }],
  };
  return {
    object: "whatsapp_business_account",
    entry: [{ id: number.wabaId, changes: [{ value, field: "messages" }] }],
  };
}

export interface WebhookMedia {
  kind: MediaKind;
  mediaId: string;
  mimeType: string;
  sha256: Buffer;
  caption?: string | undefined;
  filename?: string | undefined;
  /** Laid over the media object; null removes a key. */
  mediaField?: Record<string, unknown> | undefined;
}

/** @returns a media message's `type` and `content`. The hash is base64 here, hex in a look-up */
export function mediaContent(media: WebhookMedia) {
  const { kind, caption, filename } = media;
  const captioned = kind === "photo" || kind === "video" || kind === "document";
  const content: Record<string, unknown> = {
    ...(captioned && caption && { caption }),
    ...(kind === "document" && filename && { filename }),
    mime_type: media.mimeType,
    sha256: media.sha256.toString("base64"),
    id: media.mediaId,
    ...(kind === "voice" && { voice: true }),
    ...(kind === "sticker" && { animated: false }),
    ...media.mediaField,
  };
  const kept = Object.entries(content).filter(([, value]) => value !== null);
  return { type: TYPES[kind], content: Object.fromEntries(kept) };
}
