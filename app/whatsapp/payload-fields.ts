import { z } from "zod";
import { isMediaId } from "./media-id.ts";
import { sanitiseText } from "./sanitise.ts";
import { toSha256Hex } from "./sha256.ts";

const MAX_ID = 512;
const MAX_WA_ID = 32;
const MAX_NAME = 256;
const MAX_FILENAME = 256;
const MAX_MIME_TYPE = 256;
/** Meta documents 1,024. */
const MAX_CAPTION = 4096;
/** How far a sender's clock may run ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;
/** WhatsApp's first year. */
const EARLIEST_MS = Date.UTC(2009, 0, 1);

/** What a webhook tells of a file. */
export interface InboundMedia {
  /** Null when it has a shape that can't be asked for. */
  id: string | null;
  mimeType: string | null;
  caption: string | null;
  /** Lower-case hex. */
  sha256: string | null;
  filename: string | null;
  voice: boolean | null;
}

/** A name tag of an outside system: a number is fine while it is exact; 512 characters at most. */
export const identifier = z
  .union([
    z.string().min(1).max(MAX_ID).transform(sanitiseText),
    z.int().nonnegative().transform(String),
  ])
  .nullable()
  .catch(null);

/** Digits. Live payloads carry no `+`, but Meta's examples do. */
export const waId = z
  .union([z.string(), z.int().transform(String)])
  .transform((value) => value.replace(/^\+/, ""))
  .pipe(z.string().regex(/^\d+$/).max(MAX_WA_ID))
  .nullable()
  .catch(null);

/** Text of any length: the POST's own limit bounds it. */
export const text = z.string().transform(sanitiseText).nullable().catch(null);

export const profileName = cutText(MAX_NAME).transform((name) => name || null);

export const media = z
  .object({
    id: z
      .union([z.string(), z.int().nonnegative().transform(String)])
      .refine(isMediaId)
      .nullable()
      .catch(null),
    mime_type: cutText(MAX_MIME_TYPE),
    caption: cutText(MAX_CAPTION),
    sha256: z.unknown().optional().transform(toSha256Hex),
    filename: cutText(MAX_FILENAME),
    voice: z.boolean().nullable().catch(null),
  })
  .catch({ id: null, mime_type: null, caption: null, sha256: null, filename: null, voice: null })
  .transform(({ mime_type: mimeType, ...rest }): InboundMedia => ({ mimeType, ...rest }));

/**
 * A message's time from WhatsApp's unix seconds, a string or a number.
 *
 * @returns receivedAt for anything else, for a time before WhatsApp, and for one more than 5
 *   minutes ahead, which would keep a message below all that follow it
 */
export function sentAt(timestamp: unknown, receivedAt: Date): Date {
  const isSeconds =
    (typeof timestamp === "string" || typeof timestamp === "number") &&
    /^\d{1,12}$/.test(String(timestamp));
  const ms = isSeconds ? Number(timestamp) * 1000 : Number.NaN;
  const isPlausible = ms >= EARLIEST_MS && ms <= receivedAt.getTime() + MAX_AHEAD_MS;
  return isPlausible ? new Date(ms) : receivedAt;
}

/** Cut before it is sanitised: a surrogate pair cut in two becomes U+FFFD. */
function cutText(max: number) {
  return z
    .string()
    .transform((value) => sanitiseText(value.slice(0, max)))
    .nullable()
    .catch(null);
}
