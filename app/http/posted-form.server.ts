import { data } from "@remix-run/node";
import { RefusedChangeError } from "#app/models/refused-change.ts";

/** A form of a few fields is a few hundred bytes; more is refused before it is read. */
const FEW_FIELDS_BYTES = 16 * 1024;
/** With thousands of numbers to tick. */
const MANY_FIELDS_BYTES = 64 * 1024;

/** What was sent is no form that can be read. */
export class UnreadableFormError extends Error {
  override name = "UnreadableFormError";

  /** @param message for the person who sent it */
  constructor(
    readonly status: 400 | 413 | 415,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The fields of a form without a file. The request stays readable.
 *
 * @param maxBytes 16 kB unless the form can hold more
 * @throws {UnreadableFormError} 415 for what is no form, 413 before reading one that is too large or
 *   doesn't say how large it is, 400 for one that can't be read
 */
export async function readSmallForm(
  request: Request,
  maxBytes = FEW_FIELDS_BYTES,
): Promise<FormData> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    throw new UnreadableFormError(415, "Send the form itself.");
  }
  const length = request.headers.get("Content-Length");
  if (length === null || Number(length) > maxBytes) {
    throw new UnreadableFormError(413, "That is more than this form can hold.");
  }
  try {
    return await request.clone().formData();
  } catch (error) {
    // What formData() throws on a body that isn't the form its type promises.
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableFormError(400, "The form could not be read.");
  }
}

/**
 * Reads a form without files, up to 64 kB, for people who have no reason to send anything else.
 *
 * @throws a Response with the status of readSmallForm's error
 */
export async function readPostedForm(request: Request): Promise<FormData> {
  try {
    return await readSmallForm(request, MANY_FIELDS_BYTES);
  } catch (error) {
    if (!(error instanceof UnreadableFormError)) throw error;
    throw new Response(error.message, { status: error.status });
  }
}

/** The text of one field; undefined when it is not there. */
export function textIn(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" ? value : undefined;
}

/**
 * Answers a form that asks for a change.
 *
 * @param typed what the form's fields should say again
 * @returns what `change` gives; 422 with the reason when it was refused
 */
export async function answerForm<T, F>(typed: F, change: () => Promise<T>) {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof RefusedChangeError)) throw error;
    return data({ error: error.message, typed }, 422);
  }
}
