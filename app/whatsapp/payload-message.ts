import { z } from "zod";
import { type MediaKind, mediaKinds } from "#app/models/message-response.ts";
import { type InboundMedia, identifier, media, sentAt, text, waId } from "./payload-fields.ts";
import { sanitiseJson } from "./sanitise.ts";

/** A customer's message, safe to store: no text in it holds what PostgreSQL refuses. */
export type InboundMessage = {
  wamid: string;
  /** The sender's WhatsApp id: digits. */
  from: string;
  profileName: string | null;
  sentAt: Date;
} & MessageContent;

type MessageContent =
  | { type: "text"; body: string }
  | { type: MediaKind; media: InboundMedia }
  /** The message as received, bounded and sanitised. */
  | { type: "unsupported"; payload: unknown };

/** Why a message can't be stored. */
export type MessageFault =
  | "unreadable message"
  | "no message id"
  | "no sender phone number"
  | "group message";

const messageShape = z.object({
  id: identifier,
  from: waId,
  group_id: z.unknown().optional(),
  type: text,
  timestamp: z.unknown().optional(),
  text: z.object({ body: text }).nullable().catch(null),
});

/**
 * Reads one element of `messages` (Meta: Webhooks, "messages"). A type that this version does not
 * know is not a fault.
 *
 * @param profileNameOf the name that came with a WhatsApp id
 * @param receivedAt stands in for a time that can't be believed
 */
export function parseMessage(
  raw: unknown,
  profileNameOf: (waId: string) => string | null,
  receivedAt: Date,
): InboundMessage | { fault: MessageFault } {
  const parsed = messageShape.safeParse(raw);
  if (!parsed.success) return { fault: "unreadable message" };
  const { id: wamid, from, group_id: groupId, timestamp } = parsed.data;
  // In the sender's own conversation, a post to a group would read as if meant for us alone.
  if (groupId != null && groupId !== "") return { fault: "group message" };
  if (!wamid) return { fault: "no message id" };
  if (!from) return { fault: "no sender phone number" };
  return {
    wamid,
    from,
    profileName: profileNameOf(from),
    sentAt: sentAt(timestamp, receivedAt),
    ...contentOf(raw, parsed.data),
  };
}

function contentOf(raw: unknown, { type, text }: z.infer<typeof messageShape>): MessageContent {
  if (type === "text" && text?.body != null) return { type, body: text.body };
  const kind = mediaKinds.find((known) => known === type);
  if (!kind) return { type: "unsupported", payload: sanitiseJson(raw) };
  return { type: kind, media: media.parse(Object(raw)[kind]) };
}
