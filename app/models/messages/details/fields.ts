import { z } from "zod";

/**
 * Fields of what a customer's phone sent, which may be missing, of another kind or endless: each
 * reads what it can use and gives null for the rest.
 */

/** A line of text, trimmed and cut. */
export function line(maxCharacters: number) {
  return z
    .string()
    .transform((text) => cut(text.trim(), maxCharacters) || null)
    .catch(null);
}

/** A number, also in digits, as some senders write it. */
export const decimal = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,15}(\.\d{1,15})?$/)
      .transform(Number),
  ])
  .nullable()
  .catch(null);

/** An address that a person may be sent to: http or https, and no name before an @ to mislead them. */
export const webUrl = z
  .string()
  .max(2_000)
  .transform((text) => (URL.canParse(text) ? new URL(text) : null))
  .transform((url) => (url && isHarmless(url) ? url.href : null))
  .catch(null);

/** The elements that can be read, at most `max`. */
export function list<T>(element: z.ZodType<T>, max: number) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.slice(0, max).flatMap((value) => {
        const read = element.safeParse(value);
        return read.success && read.data !== null ? [read.data] : [];
      }),
    );
}

/** Also takes out half of a surrogate pair: a page can't hold it as its data do, and they must be alike. */
export function cut(text: string, maxCharacters: number): string {
  // Never between the halves of a surrogate pair.
  const short =
    text.length > maxCharacters
      ? text.slice(0, maxCharacters).replace(/[\uD800-\uDBFF]$/, "")
      : text;
  return short.toWellFormed();
}

function isHarmless({ protocol, username, password }: URL): boolean {
  return (protocol === "https:" || protocol === "http:") && !username && !password;
}
