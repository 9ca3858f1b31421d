import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a phone can send that has a file. */
export type MediaKind = "photo" | "voice" | "video" | "sticker" | "document";

/** A small real file, drawn by `generate.ts`. */
export interface Sample {
  kind: MediaKind;
  /** What the form calls it. */
  title: string;
  filename: string;
  mimeType: string;
  bytes: Buffer;
}

export const samples: Record<MediaKind, Sample> = {
  photo: sample("photo", "a lake in the evening", "photo.jpg", "image/jpeg"),
  voice: sample("voice", "four seconds of humming", "voice.ogg", "audio/ogg; codecs=opus"),
  video: sample("video", "a balloon over hills", "video.mp4", "video/mp4"),
  sticker: sample("sticker", "a waving cat", "sticker.webp", "image/webp"),
  document: sample("document", "a quote of one page", "document.pdf", "application/pdf"),
};

export const mediaKinds = Object.keys(samples) as [MediaKind, ...MediaKind[]];

function sample(kind: MediaKind, title: string, filename: string, mimeType: string): Sample {
  const bytes = readFileSync(join(import.meta.dirname, filename));
  return { kind, title, filename, mimeType, bytes };
}
