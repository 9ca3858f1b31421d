import { z } from "zod";
import { RefusedChangeError } from "#app/models/refused-change.ts";
import { roles } from "#db/schema/roles.ts";

/** The longest e-mail address there is: RFC 5321, 4.5.3.1.3, less its angle brackets. */
const MAX_EMAIL = 254;
const MAX_NAME = 100;

/** How long WhatsApp keeps the files that customers send: an hour on its "no storage" numbers. */
export const RETENTION_HOURS = { "7 days": 168, "1 hour": 1 } as const;

const line = (what: string) =>
  z
    .string({ error: `${what} is missing.` })
    .trim()
    .min(1, `${what} is missing.`)
    .max(MAX_NAME, `${what} can have at most ${MAX_NAME} characters.`)
    .regex(/^\P{Cc}*$/u, `${what} must be one line of text.`);

/** What is asked for in forms and on the command line, each with the words for what is wrong. */
export const fields = {
  companyName: line("The company's name"),
  personName: line("The person's name"),
  email: z
    .string({ error: "The e-mail address is missing." })
    .trim()
    .toLowerCase()
    .min(1, "The e-mail address is missing.")
    .max(MAX_EMAIL, "The e-mail address is too long.")
    .pipe(z.email("The e-mail address must look like name@example.com.")),
  role: z.enum(roles, `The role must be ${roles.join(" or ")}.`),
  accountName: line("The number's name"),
  displayPhoneNumber: z
    .string({ error: "The phone number is missing." })
    .trim()
    .regex(
      /^\+?\d[\d ()./-]{3,30}$/,
      "The phone number must be digits as people write them, such as +1 555 010 0001.",
    ),
  phoneNumberId: z
    .string({ error: "The phone number ID is missing." })
    .trim()
    .regex(
      /^\d{5,20}$/,
      "The phone number ID must be 5 to 20 digits. Meta's app dashboard shows it, under WhatsApp, API Setup; it isn't the phone number itself.",
    ),
  retention: z
    .enum(["7 days", "1 hour"], "How long WhatsApp keeps files must be 7 days or 1 hour.")
    .transform((words) => RETENTION_HOURS[words]),
};

/**
 * @throws {RefusedChangeError} with a sentence for each field that is missing or wrong
 */
export function checked<T extends z.ZodType>(schema: T, given: unknown): z.infer<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const first = new Map(parsed.error.issues.map(({ path, message }) => [path.join(), message]));
  throw new RefusedChangeError([...first.values()].join(" "));
}
