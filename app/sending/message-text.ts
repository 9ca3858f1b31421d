import { sanitiseText } from "#app/whatsapp/values/sanitise.ts";

/** Unicode characters, not UTF-16 units (Meta: Cloud API's OpenAPI description, `maxLength`). */
export const MAX_TEXT = 4096;
export const MAX_CAPTION = 1024;

/** Control characters but tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** What was typed, as it is sent: browsers write a line's end as two characters. */
export function cleanText(typed: string): string {
  return sanitiseText(typed.replace(/\r\n?/g, "\n")).replace(CONTROLS, "").trim();
}

/** How many characters WhatsApp counts. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
