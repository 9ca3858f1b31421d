import { z } from "zod";
import { plainKinds, targetKinds } from "#simulator/phone/send.ts";
import { mediaKinds } from "#simulator/samples/index.ts";

const base64 = z.base64().transform((text) => Buffer.from(text, "base64"));
const syntheticBytes = z.number().int().min(0).max(1_000_000_000);
const PHONE_NUMBER_ID = "give a phone_number_id, digits such as 106540352242922";
const mediaId = z.string().min(1).max(200);

const to = z.string({ error: PHONE_NUMBER_ID }).regex(/^\d+$/, PHONE_NUMBER_ID);
const wamid = z.string().min(1);

const message = z
  .strictObject({
    from: z.string().min(1).max(100).nullable(),
    userId: z.string().min(1).max(150),
    name: z.string(),
    text: z.string(),
    caption: z.string(),
    filename: z.string(),
    bytesBase64: base64,
    mimeType: z.string().min(1),
    syntheticBytes,
    seed: z.number().int(),
    wamid,
    mediaId,
    mediaField: z.record(z.string(), z.unknown()),
    location: z.record(z.string(), z.unknown()),
    contacts: z.array(z.unknown()),
    form: z.record(z.string(), z.unknown()),
    target: wamid,
    emoji: z.string(),
    repliesTo: wamid,
    timestamp: z.number().int(),
    retry: z.boolean(),
  })
  .partial()
  .extend({ to });

export const sendInput = message
  .extend({ kind: z.enum([...plainKinds, ...mediaKinds]) })
  .refine(({ kind, target }) => target || !targetKinds.some((one) => one === kind), {
    message: "give the wamid that it is about",
    path: ["target"],
  })
  .refine(({ from, userId }) => from !== null || userId, {
    message: "give one, as there is no number",
    path: ["userId"],
  });

export const albumInput = message
  .omit({ wamid: true, mediaId: true })
  .extend({ count: z.number().int().min(1).max(30).optional() });

/** A chat: the business's number, and the customer's number or user id. */
export const chatInput = z.strictObject({ to, customer: z.string().min(1) });

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
    replyWindow: z.boolean(),
    statuses: z.boolean(),
    statusDelayMs: z.number().int().min(0).max(60_000),
  })
  .partial();
