import { data } from "@remix-run/node";
import { RefusedChangeError } from "#app/models/refused-change.ts";
import { readSmallForm, UnreadableFormError } from "./small-form.server.ts";

/** A form without files; with thousands of numbers to tick, too. */
const MAX_FORM_BYTES = 64 * 1024;

/**
 * Reads a form without files, for people who have no reason to send anything else.
 *
 * @throws a Response: 415 for what is no form, 413 before reading one that is too large or doesn't
 *   say how large it is, 400 for one that can't be read
 */
export async function readPostedForm(request: Request): Promise<FormData> {
  try {
    return await readSmallForm(request, MAX_FORM_BYTES);
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
