import { z } from "zod";
import type { Referral } from "./details/referral.ts";
import type { MessageDetails } from "./message-details.ts";

/** Media kinds that get a tile, under WhatsApp's own type names. */
export const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** @returns null for a type that carries no file */
export function mediaKindOf(type: string): MediaKind | null {
  return mediaKinds.find((kind) => kind === type) ?? null;
}

/** Who wrote something. */
const author = {
  direction: z.enum(["inbound", "outbound"]),
  /** Whoever of a group it was; null for the conversation's contact, and for us. */
  senderName: z.string().nullable(),
};

/** What a message answers. */
const quoteSchema = z.discriminatedUnion("missing", [
  z.object({ missing: z.literal(true) }),
  z.object({
    missing: z.literal(false),
    messageId: z.number().int(),
    ...author,
    type: z.string(),
    mediaVoice: z.boolean(),
    /** The beginning of its words. */
    text: z.string().nullable(),
    revoked: z.boolean(),
  }),
]);

/** How far a message of ours got; in a group, how far it got at best, and how often. */
const deliverySchema = z.object({
  /** WhatsApp's word: sent, delivered, read, played, failed, or one that this version doesn't know. */
  status: z.string(),
  at: z.date(),
  errorCode: z.number().int().nullable(),
  errorTitle: z.string().nullable(),
  errorDetails: z.string().nullable(),
  /** Null but in a group. */
  counts: z
    .object({
      delivered: z.number().int(),
      read: z.number().int(),
      failed: z.number().int(),
    })
    .nullable(),
});

const reactionSchema = z.object({ emoji: z.string(), from: z.array(z.object(author)) });

/** A message as the conversation's loader returns it. Of media only the name tag, never bytes or a URL. */
export const messageResponseSchema = z.object({
  id: z.number().int(),
  ...author,
  type: z.string(),
  body: z.string().nullable(),
  sentAt: z.date(),
  forwarded: z.enum(["once", "often"]).nullable(),
  editedAt: z.date().nullable(),
  /** When its sender took it back: nothing of it is left. */
  revokedAt: z.date().nullable(),
  /** WhatsApp's own error, where it couldn't deliver the message to us. */
  problem: z
    .object({ errorCode: z.number().int().nullable(), errorTitle: z.string().nullable() })
    .nullable(),
  /** What it says other than in words and files. */
  details: z.custom<MessageDetails>().nullable(),
  referral: z.custom<Referral>().nullable(),
  quoted: quoteSchema.nullable(),
  reactions: z.array(reactionSchema),
  /** Null for a message of the customer's, and where WhatsApp has told nothing. */
  delivery: deliverySchema.nullable(),
  /** Set for the types that carry a file. */
  mediaKind: z.enum(mediaKinds).nullable(),
  /** Null when the message has no file, or its id had a shape that can't be asked for. */
  mediaId: z.string().nullable(),
  mediaMimeType: z.string().nullable(),
  mediaCaption: z.string().nullable(),
  mediaFilename: z.string().nullable(),
  mediaVoice: z.boolean(),
  /** When WhatsApp deletes the file. */
  mediaExpiresAt: z.date().nullable(),
});

export type MessageResponse = z.infer<typeof messageResponseSchema>;
export type Author = Pick<MessageResponse, "direction" | "senderName">;
export type Quote = z.infer<typeof quoteSchema>;
export type Delivery = z.infer<typeof deliverySchema>;
export type Reaction = z.infer<typeof reactionSchema>;
