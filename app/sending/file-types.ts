import type { MediaKind } from "#app/models/message-kind.ts";

const KB = 1024;
const MB = 1024 * KB;

/** What WhatsApp takes of one type of file. */
export interface FileRule {
  mimeType: string;
  kind: MediaKind;
  maxBytes: number;
}

/** What WhatsApp takes of each kind (Meta: Cloud API reference, "Supported media types", "Messages"). */
interface KindRule {
  maxBytes: number;
  mimeTypes: readonly string[];
  /** Whether WhatsApp shows words with such a file. */
  takesCaption: boolean;
  /** What a sentence calls one. */
  words: string;
}

const KINDS: Record<MediaKind, KindRule> = {
  image: {
    maxBytes: 5 * MB,
    mimeTypes: ["image/jpeg", "image/png"],
    takesCaption: true,
    words: "a photo",
  },
  video: {
    maxBytes: 16 * MB,
    mimeTypes: ["video/mp4", "video/3gpp"],
    takesCaption: true,
    words: "a video",
  },
  audio: {
    maxBytes: 16 * MB,
    mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
    takesCaption: false,
    words: "audio",
  },
  sticker: {
    maxBytes: 500 * KB,
    mimeTypes: ["image/webp"],
    takesCaption: false,
    words: "a sticker",
  },
  document: {
    maxBytes: 100 * MB,
    mimeTypes: [
      "text/plain",
      "application/pdf",
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ],
    takesCaption: true,
    words: "a document",
  },
};

const RULES: FileRule[] = (Object.keys(KINDS) as MediaKind[]).flatMap((kind) => {
  const { mimeTypes, maxBytes } = KINDS[kind];
  return mimeTypes.map((mimeType) => ({ mimeType, kind, maxBytes }));
});

/** A sticker that doesn't move. */
export const STILL_STICKER_BYTES = 100 * KB;

/** The largest file of all. */
export const MAX_FILE_BYTES = Math.max(...RULES.map(({ maxBytes }) => maxBytes));

/** For the file input. */
export const ACCEPTED_TYPES = RULES.map(({ mimeType }) => mimeType).join(",");

export const TYPE_WORDS =
  "WhatsApp doesn't take this type of file. It takes JPEG and PNG photos, MP4 and 3GP videos, AAC, AMR, MP3, M4A and OGG audio, WebP stickers, PDF, Word, Excel, PowerPoint and text files.";

/** What browsers also call them. */
const ALIASES: Record<string, string> = {
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "audio/mp3": "audio/mpeg",
  "audio/x-m4a": "audio/mp4",
  "audio/m4a": "audio/mp4",
  "audio/x-aac": "audio/aac",
  "audio/opus": "audio/ogg",
  "application/ogg": "audio/ogg",
  "video/3gp": "video/3gpp",
};

/** For browsers that don't say, such as those of a text terminal. */
const EXTENSIONS: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  mp4: "video/mp4",
  "3gp": "video/3gpp",
  aac: "audio/aac",
  amr: "audio/amr",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  txt: "text/plain",
  pdf: "application/pdf",
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  ppt: "application/vnd.ms-powerpoint",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/**
 * @param file its type as the browser claims it, and its name
 * @returns undefined for a type that WhatsApp doesn't take
 */
export function ruleOf(file: { type: string; name: string }): FileRule | undefined {
  const claimed = file.type.split(";")[0]?.trim().toLowerCase() ?? "";
  const unknown = claimed === "" || claimed === "application/octet-stream";
  const extension = file.name.split(".").at(-1)?.toLowerCase() ?? "";
  const type = unknown ? EXTENSIONS[extension] : (ALIASES[claimed] ?? claimed);
  return RULES.find(({ mimeType }) => mimeType === type);
}

export function tooLargeWords({ kind, maxBytes }: Pick<FileRule, "kind" | "maxBytes">): string {
  const most = maxBytes < MB ? `${maxBytes / KB} KB` : `${maxBytes / MB} MB`;
  return `WhatsApp takes ${KINDS[kind].words} of at most ${most}, and this one is larger. Choose a smaller one.`;
}

/** @returns why no words can go with such a file; null where they can */
export function noCaptionWords(kind: MediaKind): string | null {
  const { takesCaption, words } = KINDS[kind];
  if (takesCaption) return null;
  const what = words.charAt(0).toUpperCase() + words.slice(1);
  return `${what} can't carry text on WhatsApp. Send the text by itself, then the file without it.`;
}
