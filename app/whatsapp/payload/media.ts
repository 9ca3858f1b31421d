import type { ReceivedMessage } from "#app/models/received/received.ts";
import { label, mediaId, objectOf, text } from "../values/fields.ts";
import { toSha256Hex } from "../values/sha256.ts";

/** Meta documents 1,024. */
export const MAX_CAPTION = 4096;
const MAX_FILENAME = 256;
const MAX_MIME_TYPE = 256;

type Media = Pick<
  ReceivedMessage,
  "mediaId" | "mediaMimeType" | "mediaCaption" | "mediaSha256" | "mediaFilename" | "mediaVoice"
>;

export const NO_MEDIA: Media = {
  mediaId: null,
  mediaMimeType: null,
  mediaCaption: null,
  mediaSha256: null,
  mediaFilename: null,
  mediaVoice: null,
};

/** A file's name tag. Its `url` is left out: it lives for minutes, and the id gives a fresh one. */
export function readMedia(raw: unknown): Media {
  const { id, mime_type, caption, sha256, filename, voice } = objectOf(raw);
  return {
    mediaId: mediaId(id),
    mediaMimeType: label(mime_type, MAX_MIME_TYPE),
    mediaCaption: text(caption, MAX_CAPTION) || null,
    mediaSha256: toSha256Hex(sha256),
    mediaFilename: label(filename, MAX_FILENAME),
    mediaVoice: typeof voice === "boolean" ? voice : null,
  };
}
