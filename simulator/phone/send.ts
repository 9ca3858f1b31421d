import type { MediaKind } from "#simulator/samples/index.ts";
import { escapeLikeMeta } from "#simulator/wire/escape.ts";
import type { World } from "#simulator/world.ts";
import { addMessage, type Chat, type ChatMessage } from "./chats.ts";
import { contentOf } from "./content.ts";
import { type Delivery, deliver } from "./deliver.ts";
import { newWamid } from "./wamid.ts";
import { webhookBody } from "./webhook-body.ts";

/** What is sent about an earlier message, its `target`. */
export const targetKinds = ["reaction", "edit", "revoke"] as const;
export type TargetKind = (typeof targetKinds)[number];
/** What is sent without a file of its own. */
export const plainKinds = ["text", "location", "contacts", "form", ...targetKinds] as const;

export type MessageKind = (typeof plainKinds)[number] | MediaKind;

/** Somebody's message. What is left out is invented; a media kind's file is then its sample. */
export interface OutgoingMessage {
  kind: MessageKind;
  /** The business number's phone_number_id. */
  to: string;
  /** The sender's number, digits; null withholds it, which takes a `userId`. */
  from?: string | null | undefined;
  /** The sender's business-scoped user id, such as US.13491208655302741918. */
  userId?: string | undefined;
  name?: string | undefined;
  /** A text, or the new one of an edit. */
  text?: string | undefined;
  /** For photo, video and document; other kinds have none. */
  caption?: string | undefined;
  filename?: string | undefined;
  bytes?: Uint8Array | undefined;
  mimeType?: string | undefined;
  /** A file of this size, made up while it is read; it begins like the kind's sample. */
  syntheticBytes?: number | undefined;
  seed?: number | undefined;
  wamid?: string | undefined;
  /** Of a file that is there already it names just that file; otherwise the new file's id. */
  mediaId?: string | undefined;
  /** Laid over the webhook's media object; null removes a key. */
  mediaField?: Record<string, unknown> | undefined;
  /** Laid over a location's fields. */
  location?: Record<string, unknown> | undefined;
  /** Contact cards in the place of the invented one. */
  contacts?: readonly unknown[] | undefined;
  /** A form's answers in the place of the invented ones, with files among them as their pickers name them. */
  form?: Record<string, unknown> | undefined;
  /** The wamid that a reaction, an edit or a revocation is about. */
  target?: string | undefined;
  /** A reaction's; empty takes it away. */
  emoji?: string | undefined;
  /** The wamid that it answers. */
  repliesTo?: string | undefined;
  /** Seconds since 1970; default now. */
  timestamp?: number | undefined;
  /** False for a single delivery, whatever the answer. */
  retry?: boolean | undefined;
}

export interface SentMessage extends Delivery {
  wamid: string;
  /** Null for what has no file; of a form its first. */
  mediaId: string | null;
}

export const DEFAULT_SENDER = { from: "15550100142", name: "Maya Lind" };

/**
 * Sends a message from a phone: keeps its file and delivers the webhook.
 *
 * @throws Error when a needed `target` or `userId` is missing
 */
export async function sendMessage(world: World, message: OutgoingMessage): Promise<SentMessage> {
  const { to, userId = null, name = DEFAULT_SENDER.name, repliesTo = null } = message;
  const from = message.from === undefined ? DEFAULT_SENDER.from : message.from;
  const customer = from ?? userId;
  if (customer === null) throw new Error("A sender without a number needs a userId.");
  const wamid = message.wamid ?? newWamid(customer, world.random);
  const { mediaId, type, content } = await contentOf(world, message);
  const timestamp = message.timestamp ?? Math.floor(world.now() / 1000);
  const kind = from === null ? "user" : "phone";
  const chat = world.chats.open({ to, customer, kind, userId, name });
  note(chat, message, { wamid, at: timestamp, type, content, repliesTo });
  const body = webhookBody({ to, from, userId, name, wamid, timestamp, type, content, repliesTo });
  const raw = escapeLikeMeta(JSON.stringify(body));
  return { wamid, mediaId, ...(await deliver(world, raw, message.retry)) };
}

/** Several photos at once: one message each, side by side, as WhatsApp delivers an album. */
export function sendAlbum(
  world: World,
  album: Omit<OutgoingMessage, "kind" | "wamid" | "mediaId">,
  count = 2,
): Promise<SentMessage[]> {
  const photos = Array.from({ length: count }, (_, index) => ({
    ...album,
    kind: "photo" as const,
    caption: index === 0 ? album.caption : undefined,
  }));
  return Promise.all(photos.map((photo) => sendMessage(world, photo)));
}

/** Shows it on the phone as well. */
function note(
  chat: Chat,
  { kind, target, emoji }: OutgoingMessage,
  sent: { wamid: string; at: number; type: string; content: unknown; repliesTo: string | null },
) {
  chat.lastInboundAt = Math.max(chat.lastInboundAt ?? 0, sent.at);
  if (!isAboutAnother(kind)) {
    addMessage(chat, { ...sent, author: "customer" });
    return;
  }
  const about = chat.messages.find(({ wamid }) => wamid === target);
  if (about) Object.assign(about, changes[kind](emoji, sent.content));
}

function isAboutAnother(kind: MessageKind): kind is TargetKind {
  return targetKinds.some((one) => one === kind);
}

/** What becomes of the message that one is about. */
const changes: Record<
  TargetKind,
  (emoji: string | undefined, content: unknown) => Partial<ChatMessage>
> = {
  reaction: (emoji) => ({ reaction: emoji === "" ? null : (emoji ?? "👍") }),
  edit: (_emoji, content) => ({ content: editedContent(content) }),
  revoke: () => ({ isRevoked: true }),
};

function editedContent(edit: unknown): unknown {
  return (edit as { message: { text: unknown } }).message.text;
}
