import type { MediaKind } from "#app/models/message-response.ts";

export const FAILED = "Failed to load. Tap to retry.";

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
