import type { StoredMedia } from "#simulator/media/store.ts";

const STORED_BLOCK_BYTES = 4096;

/** The headers of a download as recorded in October 2024, oddities included. */
export function attachmentHeaders(media: StoredMedia): Record<string, string> {
  const created = "1728904663";
  return {
    "Content-Digest": `adler32=${media.adler32}`,
    // Meta doesn't quote it, against RFC 9110.
    ETag: String(media.sha256.readBigUInt64BE(0)),
    "X-Manifold-Obj-Blobsizebytes": String(media.content.size + STORED_BLOCK_BYTES),
    "X-Manifold-Obj-Canonicalpath": `flat/${media.id}`,
    "X-Manifold-Obj-Ctime": created,
    "X-Manifold-Obj-Entrytype": "1",
    "X-Manifold-Obj-Expiresat": "0",
    "X-Manifold-Obj-Isuserdata": "0",
    "X-Manifold-Obj-Propertiesjson": `{"blob_state":"created","__ctime":"${created}"}`,
    "X-Manifold-Obj-Symlinktarget": "",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-cache, no-store, must-revalidate",
    "Content-Disposition": `inline;filename=${headerText(media.filename)}`,
    "Content-Type": headerText(media.mimeType),
  };
}

/** What Node refuses in a header value would end the whole answer. */
function headerText(text: string) {
  return text.replace(/[^\x20-\x7e]/g, "_");
}
