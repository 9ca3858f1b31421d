import { businessNumber } from "#simulator/samples/business-numbers.ts";
import type { MediaKind } from "#simulator/samples/index.ts";

/** `type`: also the key under which a message of this kind carries its file. */
const MEDIA: Record<MediaKind, { type: string; takesCaption: boolean }> = {
  photo: { type: "image", takesCaption: true },
  voice: { type: "audio", takesCaption: false },
  video: { type: "video", takesCaption: true },
  sticker: { type: "sticker", takesCaption: false },
  document: { type: "document", takesCaption: true },
};

export interface WebhookMessage {
  /** The business number's phone_number_id. */
  to: string;
  /** The sender's number, digits; null when they withhold it. */
  from: string | null;
  /** The sender's business-scoped user id. */
  userId: string | null;
  name: string;
  wamid: string;
  /** Seconds since 1970. */
  timestamp: number;
  /** The message's `type` and what stands under the key of that name. */
  type: string;
  content: unknown;
  /** The message that it answers. */
  repliesTo: string | null;
}

/**
 * One message as the webhook field "messages" carries it (Meta's "Webhooks, messages reference").
 *
 * @returns an object; on the wire it is escapeLikeMeta(JSON.stringify(…))
 */
export function webhookBody(message: WebhookMessage) {
  const { to, from, userId, name, wamid, timestamp, type, content, repliesTo } = message;
  const contact = {
    profile: { name },
    ...(from !== null && { wa_id: from }),
    ...(userId !== null && { user_id: userId }),
  };
  const sent = {
    ...(from !== null && { from }),
    ...(userId !== null && { from_user_id: userId }),
    id: wamid,
    timestamp: String(timestamp),
    type,
    ...(repliesTo !== null && {
      context: { from: businessNumber(to).displayPhoneNumber, id: repliesTo },
    }),
    [type]: content,
  };
  return webhookEnvelope(to, { contacts: [contact], messages: [sent] });
}

/** A change of the webhook field "messages" of one business number. */
export function webhookEnvelope(to: string, change: object) {
  const { displayPhoneNumber, wabaId } = businessNumber(to);
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: displayPhoneNumber, phone_number_id: to },
    ...change,
  };
  return {
    object: "whatsapp_business_account",
    entry: [{ id: wabaId, changes: [{ value, field: "messages" }] }],
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
  const { type, takesCaption } = MEDIA[kind];
  const content: Record<string, unknown> = {
    ...(takesCaption && caption && { caption }),
    ...(kind === "document" && filename && { filename }),
    mime_type: media.mimeType,
    sha256: media.sha256.toString("base64"),
    id: media.mediaId,
    ...(kind === "voice" && { voice: true }),
    ...(kind === "sticker" && { animated: false }),
    ...media.mediaField,
  };
  const kept = Object.entries(content).filter(([, value]) => value !== null);
  return { type, content: Object.fromEntries(kept) };
}
