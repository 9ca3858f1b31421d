const REPLACEMENT = "\uFFFD";
/** Real payloads nest about ten deep. Far deeper, JSON.stringify and PostgreSQL run out of stack. */
const MAX_JSON_DEPTH = 64;
const TOO_DEEP = "[nested too deeply]";

/** Control characters but tab and line feed; what overrides, embeds or isolates a direction. */
const HARMFUL_IN_NAMES = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Replaces U+0000 and lone surrogates, the two things in a JSON string that PostgreSQL refuses, by U+FFFD. */
export function sanitiseText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", REPLACEMENT);
}

/**
 * Sanitises what is read as a label or compared as an id: a name, a file name, a title. Beyond
 * sanitiseText, removes control characters and bidirectional overrides, by which one name can look
 * like another; direction marks stay, because right-to-left names need them.
 */
export function sanitiseName(name: string): string {
  return sanitiseText(name).replace(HARMFUL_IN_NAMES, "");
}

/**
 * Sanitises every string and key of a JSON value, and cuts what is nested more than 64 deep.
 *
 * @param value as JSON.parse returns it; not changed
 */
export function sanitiseJson(value: unknown): unknown {
  return rebuild(value, sanitiseText, 0);
}

/** Cuts what is nested more than 64 deep, so that JSON.stringify can't fail; all else as it was. */
export function boundDepth(value: unknown): unknown {
  return rebuild(value, (text) => text, 0);
}

function rebuild(value: unknown, onText: (text: string) => string, depth: number): unknown {
  if (typeof value === "string") return onText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_JSON_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((item) => rebuild(item, onText, depth + 1));
  // fromEntries defines its keys: a key named __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [onText(key), rebuild(item, onText, depth + 1)]),
  );
}
