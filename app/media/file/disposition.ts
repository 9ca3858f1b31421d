import contentDisposition from "content-disposition";

/**
 * A Content-Disposition header (RFC 6266). A name beyond ASCII goes out in RFC 5987's encoding,
 * beside a plain stand-in: raw Latin-1, which the library would send, is read differently by
 * different browsers.
 */
export function disposition(type: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, "_");
  return contentDisposition(name, { type, fallback: plain });
}
