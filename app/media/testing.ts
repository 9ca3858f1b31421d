import { setMaxListeners } from "node:events";
import { Readable } from "node:stream";
import type { MediaPointer } from "#app/models/media.server.ts";
import type { MediaDownload, MediaLookup } from "#app/whatsapp/graph.server.ts";

export const source = {
  companyId: 1,
  mediaId: "622684793477189",
  phoneNumberId: "106540352242922",
};

export const pointer = (fields: Partial<MediaPointer> = {}): MediaPointer => ({
  companyId: source.companyId,
  messageId: 1,
  conversationId: 1,
  mediaId: source.mediaId,
  kind: "image",
  mimeType: "image/jpeg",
  filename: null,
  sha256: null,
  expiresAt: new Date("2099-01-01T00:00:00Z"),
  phoneNumberId: source.phoneNumberId,
  ...fields,
});

export const lookup = (fields: Partial<MediaLookup> = {}): MediaLookup => ({
  url: "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=622684793477189",
  mimeType: "image/jpeg",
  sha256: null,
  fileSize: 4,
  expiresAt: Date.now() + 300_000,
  ...fields,
});

/** A download's answer; its body can be watched. */
export const download = (
  status = 200,
  headers: Record<string, string> = { "content-type": "image/jpeg", "content-length": "4" },
): MediaDownload => ({ status, headers, body: Readable.from([Buffer.from("file")]) });

/** A signal that never aborts, for any number of listeners. */
export const noAbort = new AbortController().signal;
setMaxListeners(0, noAbort);
