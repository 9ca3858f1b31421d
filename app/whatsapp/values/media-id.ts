/**
 * WhatsApp's media ids are digits, up to 17 of them in Meta's examples (Meta: Cloud API, "Media");
 * letters, `_` and `-` are let in for the ids of older and partner APIs. Nothing in this shape
 * can change the path or the query of a URL.
 */
export const MEDIA_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Whether a value can be asked for as a media id. A string: ids can exceed 2^53. */
export function isMediaId(value: unknown): value is string {
  return typeof value === "string" && MEDIA_ID.test(value);
}
