import { z } from "zod";

/** Media kinds that get a tile, under WhatsApp's own type names. */
export const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** A message as the conversation's loader returns it. Of media only the name tag, never bytes or a URL. */
export const messageResponseSchema = z.object({
  id: z.number().int(),
  direction: z.enum(["inbound", "outbound"]),
  type: z.string(),
  body: z.string().nullable(),
  sentAt: z.date(),
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
