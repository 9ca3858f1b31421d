import type { MediaKind } from "#app/models/message-kind.ts";
import { isObject, type JsonObject, label, mediaId } from "#app/whatsapp/values/fields.ts";
import { toSha256Hex } from "#app/whatsapp/values/sha256.ts";

/** A file that was picked in a form. */
export interface FormFile {
  /** Which of the form's files it is, from 1. */
  position: number;
  kind: MediaKind;
  /** Null where it had an unusable shape, or is not kept. */
  mediaId: string | null;
  mimeType: string | null;
  /** Lower-case hex. */
  sha256: string | null;
  filename: string | null;
  /** In bytes; null until WhatsApp has told it. */
  size: number | null;
}

const MAX_LABEL = 256;

/** What PhotoPicker and DocumentPicker name a file by (Meta: WhatsApp Flows, "Media upload components"). */
export function isFormFile(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const has = (key: string) => Object.hasOwn(value, key);
  return has("mime_type") || has("file_name") || (has("sha256") && has("id"));
}

export function readFormFile(raw: JsonObject, position: number): FormFile {
  const mimeType = label(raw.mime_type, MAX_LABEL);
  return {
    position,
    kind: kindOf(mimeType),
    mediaId: mediaId(raw.id),
    mimeType,
    sha256: toSha256Hex(raw.sha256),
    filename: label(raw.file_name, MAX_LABEL),
    size: null,
  };
}

function kindOf(mimeType: string | null): MediaKind {
  switch (/^(image|video|audio)\//i.exec(mimeType ?? "")?.[1]?.toLowerCase()) {
    case "image":
      return "image";
    case "video":
      return "video";
    case "audio":
      return "audio";
    default:
      return "document";
  }
}
