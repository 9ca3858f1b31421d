import { type MediaKind, samples } from "#simulator/samples/index.ts";
import type { World } from "#simulator/world.ts";
import { formContent } from "./form-content.ts";
import type { MessageKind, OutgoingMessage } from "./send.ts";
import { mediaContent } from "./webhook-body.ts";

/** What a webhook carries of a message: its type, and what stands under the key of that name. */
export interface Content {
  mediaId: string | null;
  type: string;
  content: unknown;
}

type PlainKind = Exclude<MessageKind, MediaKind | "form">;

const LOCATION = {
  latitude: 59.3251,
  longitude: 18.0711,
  name: "Harbour café",
  address: "1 Quay Street",
};

const CARD = {
  name: { formatted_name: "Ben Okafor", first_name: "Ben", last_name: "Okafor" },
  phones: [{ phone: "+1 555 010 0177", wa_id: "15550100177", type: "CELL" }],
};

/** Meta's "Webhooks, messages reference", one section for each. */
const plain: Record<PlainKind, (message: OutgoingMessage) => Omit<Content, "mediaId">> = {
  text: ({ text }) => ({ type: "text", content: { body: text ?? "Hello!" } }),
  location: ({ location }) => ({ type: "location", content: { ...LOCATION, ...location } }),
  contacts: ({ contacts }) => ({ type: "contacts", content: contacts ?? [CARD] }),
  reaction: (message) => ({
    type: "reaction",
    content: { message_id: targetOf(message), emoji: message.emoji ?? "👍" },
  }),
  edit: (message) => ({
    type: "edit",
    content: {
      original_message_id: targetOf(message),
      message: { context: { id: "M0" }, type: "text", text: { body: message.text ?? "Hello!" } },
    },
  }),
  revoke: (message) => ({
    type: "revoke",
    content: { original_message_id: targetOf(message) },
  }),
};

/** @throws Error when a needed target is missing */
export async function contentOf(world: World, message: OutgoingMessage): Promise<Content> {
  const { kind } = message;
  if (isMediaKind(kind)) return file(world, message, kind);
  if (kind === "form") return formContent(world, message);
  return { mediaId: null, ...plain[kind](message) };
}

async function file(world: World, message: OutgoingMessage, kind: MediaKind): Promise<Content> {
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

function targetOf({ kind, target }: OutgoingMessage): string {
  if (!target) throw new Error(`A message of kind ${kind} needs a target.`);
  return target;
}

function isMediaKind(kind: MessageKind): kind is MediaKind {
  return kind in samples;
}
