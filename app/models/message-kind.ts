/** Kinds of message whose file gets a tile. */
export const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;
export type MediaKind = (typeof mediaKinds)[number];

/**
 * Every kind of message that is a line of a conversation, as the column `messages.type` has it:
 * WhatsApp's own type names (Meta: Webhooks, "messages"), and "unsupported" for what this version
 * doesn't know. Whatever tells kinds apart is checked against this list: a reader of webhooks, of
 * what is kept, the words, the views.
 */
export const messageKinds = [
  "text",
  ...mediaKinds,
  "location",
  "contacts",
  "interactive",
  "button",
  "order",
  "system",
  "request_welcome",
  /** A file of which history sync promises to send the name tag later, under the same wamid. */
  "media_placeholder",
  "unsupported",
] as const;
export type MessageKind = (typeof messageKinds)[number];

const known = new Set<string>(messageKinds);

/** @returns null for a type that carries no file */
export function mediaKindOf(type: string): MediaKind | null {
  return mediaKinds.find((kind) => kind === type) ?? null;
}

export function isMediaKind(kind: MessageKind): kind is MediaKind {
  return mediaKindOf(kind) !== null;
}

/** @returns "unsupported" for a type that this version doesn't know */
export function messageKindOf(type: unknown): MessageKind {
  return typeof type === "string" && known.has(type) ? (type as MessageKind) : "unsupported";
}
