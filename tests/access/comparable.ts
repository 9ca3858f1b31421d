import type { Answer } from "./ask.ts";
import type { Parameters } from "./route-paths.ts";

/** New in every answer, whatever was asked. */
const OWN_HEADERS = ["date", "x-request-id"];
/** Milliseconds since 1970, in a page's data. */
const MOMENT = /\b1\d{12}\b/g;

/** @returns an answer without what differs from one asking to the next, and without what was asked for */
export function comparable({ status, headers, body }: Answer, parameters: Parameters): string {
  const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1];
  const kept = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name));
  let text = `${status}\n${JSON.stringify(kept)}\n${body}`.replace(MOMENT, "NOW");
  for (const value of Object.values(parameters)) text = text.replaceAll(value, "OBJECT");
  return nonce ? text.replaceAll(nonce, "NONCE") : text;
}
