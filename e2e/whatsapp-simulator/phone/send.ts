import { type MediaKind, samples } from "../samples/index.ts";
import type { World } from "../world.ts";
import { type Delivery, deliver } from "./deliver.ts";
import { escapeLikeMeta } from "./escape.ts";
import { newWamid } from "./wamid.ts";
import { mediaContent, webhookBody } from "./webhook-body.ts";

/** Somebody's message. What is left out is invented; a media kind's file is then its sample. */
export interface OutgoingMessage {
  kind: "text" | MediaKind;
  /** The business number's phone_number_id. */
  to: string;
  /** The sender's number, digits. */
  from?: string | undefined;
  name?: string | undefined;
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
  /** Seconds since 1970; default now. */
  timestamp?: number | undefined;
  /** False for a single delivery, whatever the answer. */
  retry?: boolean | undefined;
}

export interface SentMessage extends Delivery {
  wamid: string;
  /** Null for a text. */
  mediaId: string | null;
}

export const DEFAULT_SENDER = { from: "15550100142", name: "Maya Lind" };

/** Sends a message from a phone: keeps its file and delivers the webhook. */
export async function sendMessage(world: World, message: OutgoingMessage): Promise<SentMessage> {
  const from = message.from ?? DEFAULT_SENDER.from;
  const wamid = message.wamid ?? newWamid(from, world.random);
  const { mediaId, ...typed } =
    message.kind === "text"
      ? { mediaId: null, type: "text", content: { body: message.text ?? "Hello!" } }
      : await file(world, message, message.kind);
  const body = webhookBody({
    to: message.to,
    from,
    name: message.name ?? DEFAULT_SENDER.name,
    wamid,
    timestamp: message.timestamp ?? Math.floor(world.now() / 1000),
    ...typed,
  });
  const raw = escapeLikeMeta(JSON.stringify(body));
  return { wamid, mediaId, ...(await deliver(world, raw, message.retry)) };
}

async function file(world: World, message: OutgoingMessage, kind: MediaKind) {
  const sample = samples[kind];
  const isNew = message.bytes || message.syntheticBytes !== undefined;
  const known = message.mediaId && !isNew ? world.media.get(message.mediaId) : undefined;
  const media =
    known ??
    (await world.media.add({
      bytes: message.bytes ?? sample.bytes,
      syntheticBytes: message.syntheticBytes,
      seed: message.seed,
      mimeType: message.mimeType ?? sample.mimeType,
      filename: message.filename ?? sample.filename,
      mediaId: message.mediaId,
    }));
  const { id: mediaId, mimeType, sha256, filename } = media;
  const { caption, mediaField } = message;
  return {
    mediaId,
    ...mediaContent({ kind, mediaId, mimeType, sha256, caption, filename, mediaField }),
  };
}
