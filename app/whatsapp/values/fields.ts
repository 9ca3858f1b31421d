import { isMediaId } from "./media-id.ts";
import { sanitiseName, sanitiseText } from "./sanitise.ts";

const MAX_ID = 512;
const MAX_PHONE_DIGITS = 32;
/** How far a sender's clock may run ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;
/** WhatsApp's first year. */
const EARLIEST_MS = Date.UTC(2009, 0, 1);

/*
 * Small readers instead of schemas: a webhook may carry a thousand messages of thirty fields each,
 * most of them absent. Each takes any JSON value, never throws, and gives null for what is absent
 * or of another shape.
 */

/** A JSON object, as JSON.parse makes it. */
export type JsonObject = { [key: string]: unknown };

const NO_FIELDS: Readonly<JsonObject> = Object.freeze({});

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object to look into: an empty one for anything else. */
export function objectOf(value: unknown): Readonly<JsonObject> {
  return isObject(value) ? value : NO_FIELDS;
}

/** Text as it was written. */
export function text(value: unknown, maxLength = Number.POSITIVE_INFINITY): string | null {
  return typeof value === "string" ? sanitiseText(value.slice(0, maxLength)) : null;
}

/** A label; null when it is empty. Cut first: a surrogate pair cut in two becomes U+FFFD. */
export function label(value: unknown, maxLength: number): string | null {
  return (typeof value === "string" && sanitiseName(value.slice(0, maxLength)).trim()) || null;
}

/** A name tag of an outside system: a number is fine while it is exact; 512 characters at most. */
export function identifier(value: unknown): string | null {
  if (typeof value === "number") return wholeNumber(value);
  return typeof value === "string" && value.length <= MAX_ID ? sanitiseName(value) || null : null;
}

/** Digits. Live payloads carry nothing else, but Meta's examples have +, spaces and brackets. */
export function phone(value: unknown): string | null {
  if (typeof value === "number") return wholeNumber(value);
  if (typeof value !== "string" || value.length > MAX_ID) return null;
  const digits = /^\d+$/.test(value) ? value : value.replace(/[+\s()-]/g, "");
  return /^\d+$/.test(digits) && digits.length <= MAX_PHONE_DIGITS ? digits : null;
}

export function mediaId(value: unknown): string | null {
  const id = typeof value === "number" ? wholeNumber(value) : value;
  return isMediaId(id) ? id : null;
}

/** A WhatsApp error code: a number, or its digits; what fits the database's integer. */
export function errorCode(value: unknown): number | null {
  const code = typeof value === "string" && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof code === "number" && Number.isInteger(code) && Math.abs(code) < 2 ** 31
    ? code
    : null;
}

/**
 * A time from WhatsApp's unix seconds, a string or a number.
 *
 * @returns receivedAt for anything else, for a time before WhatsApp, and for one more than 5
 *   minutes ahead, which would keep a message below all that follow it
 */
export function sentAt(timestamp: unknown, receivedAt: Date): Date {
  const isSeconds =
    (typeof timestamp === "string" || typeof timestamp === "number") &&
    /^\d{1,12}$/.test(String(timestamp));
  const ms = isSeconds ? Number(timestamp) * 1000 : Number.NaN;
  const isPlausible = ms >= EARLIEST_MS && ms <= receivedAt.getTime() + MAX_AHEAD_MS;
  return isPlausible ? new Date(ms) : receivedAt;
}

function wholeNumber(value: number): string | null {
  return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
}
