import type { MediaKind } from "#app/models/message-kind.ts";

export const FAILED = "Failed to load. Tap to retry.";

/** Of a file that came, and that the browser can't show. */
export const UNSHOWN = "This browser can't show this file.";

/** What a file is called where a person reads of it. */
export function kindName(kind: MediaKind, voice: boolean): string {
  switch (kind) {
    case "image":
      return "Photo";
    case "video":
      return "Video";
    case "audio":
      return voice ? "Voice message" : "Audio";
    case "document":
      return "Document";
    case "sticker":
      return "Sticker";
  }
}

/** "2.4 MB", in the decimal units that phones show. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 9.95 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
