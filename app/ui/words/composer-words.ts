import { mediaKindOf } from "#app/models/message-kind.ts";
import { MAX_TEXT } from "#app/sending/message-text.ts";
import { day, timeOfDay } from "./dates.ts";
import { kindName } from "./media-words.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So near the end, people want to know how much is left. */
const COUNTED_FROM = MAX_TEXT - 300;

/** "You can reply until 14:03 tomorrow (5 h left)." The window is at most 24 hours long. */
export function windowWords(closesAt: number, now: number, timeZone: string): string {
  const end = new Date(closesAt);
  const today = day(end, timeZone) === day(new Date(now), timeZone);
  return `You can reply until ${timeOfDay(end, timeZone)} ${today ? "today" : "tomorrow"} (${leftWords(closesAt - now)} left).`;
}

function leftWords(ms: number): string {
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return ms >= MINUTE_MS ? `${Math.floor(ms / MINUTE_MS)} min` : "less than a minute";
}

/** Asks the customer for a file that WhatsApp no longer has. */
export function askAgainWords({ type, mediaVoice }: { type: string; mediaVoice: boolean }): string {
  const kind = mediaKindOf(type);
  const what = kind ? kindName(kind, mediaVoice).toLowerCase() : "file";
  return `Could you please send the ${what} again? WhatsApp no longer has it.`;
}

/** @returns null while there is room enough */
export function roomWords(length: number): string | null {
  if (length < COUNTED_FROM) return null;
  const left = MAX_TEXT - length;
  if (left >= 0) return `${left} characters left`;
  return `${-left} ${left === -1 ? "character" : "characters"} too many`;
}
