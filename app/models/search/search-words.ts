/** Of what is typed, as much as is searched for. */
export const SEARCH_CHARACTERS = 200;
/** The shortest end of a number that contact_search() keeps. */
const MIN_DIGITS = 3;

/** What somebody typed to search for, ready for PostgreSQL. */
export interface SearchWords {
  /** All of it: words, "phrases", -exclusions, as websearch_to_tsquery reads them. */
  text: string;
  /** Without its last word, which may be only the beginning of one. */
  head: string;
  last: string;
  /** Part of a phone number, digits, if it can be one. */
  digits: string | null;
}

/** @returns null when nothing was typed; of a long text its first 200 characters are searched for */
export function searchWords(typed: string): SearchWords | null {
  const text = typed
    .slice(0, SEARCH_CHARACTERS)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    // PostgreSQL refuses a "not" of a "not" of a "not", thirty deep.
    .replace(/-[- ]*-/g, "-")
    .trim();
  if (!text) return null;
  const [last = ""] = /\S+$/.exec(text) ?? [];
  return { text, head: text.slice(0, text.length - last.length), last, digits: digitsOf(text) };
}

/** Without what is written for people: +, spaces, the "(0)" and the leading 0 of a national number. */
function digitsOf(text: string): string | null {
  if (!/^[\d\s+()./-]+$/.test(text)) return null;
  const digits = text.replaceAll("(0)", "").replace(/\D/g, "");
  const international = digits.replace(/^0+/, "");
  const wanted = international.length < MIN_DIGITS ? digits : international;
  return wanted.length < MIN_DIGITS ? null : wanted;
}
