import { z } from "zod";
import { mediaKinds } from "../samples/index.ts";

const base64 = z.base64().transform((text) => Buffer.from(text, "base64"));
const syntheticBytes = z.number().int().min(0).max(1_000_000_000);
const PHONE_NUMBER_ID = "give a phone_number_id, digits such as 106540352242922";
const mediaId = z.string().min(1).max(200);

export const sendInput = z
  .strictObject({
    from: z.string().min(1).max(100),
    name: z.string(),
    text: z.string(),
    caption: z.string(),
    filename: z.string(),
    bytesBase64: base64,
    mimeType: z.string().min(1),
    syntheticBytes,
    seed: z.number().int(),
    wamid: z.string().min(1),
    mediaId,
    mediaField: z.record(z.string(), z.unknown()),
    timestamp: z.number().int(),
    retry: z.boolean(),
  })
  .partial()
  .extend({
    kind: z.enum(["text", ...mediaKinds]),
    to: z.string({ error: PHONE_NUMBER_ID }).regex(/^\d+$/, PHONE_NUMBER_ID),
  });

export const mediaInput = z
  .strictObject({
    bytesBase64: base64,
    syntheticBytes,
    sample: z.enum(mediaKinds),
    seed: z.number().int(),
    mimeType: z.string().min(1),
    filename: z.string(),
    mediaId,
  })
  .partial()
  .refine((media) => media.bytesBase64 || media.syntheticBytes !== undefined || media.sample, {
    message: "give bytesBase64, syntheticBytes or sample",
    path: ["sample"],
  });

export const settingsInput = z
  .strictObject({
    webhookUrl: z.url({ protocol: /^https?$/, error: "must be an http or https address" }),
    accessToken: z.string().min(1),
  })
  .partial();
