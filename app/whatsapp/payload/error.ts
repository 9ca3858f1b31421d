import { errorCode, label, objectOf } from "../values/fields.ts";

const MAX_TITLE = 256;
const MAX_DETAILS = 1024;

export interface WhatsAppError {
  code: number | null;
  title: string | null;
  details: string | null;
}

const NONE: WhatsAppError = { code: null, title: null, details: null };

/** The first of `errors`, in WhatsApp's words (Meta: "Error codes"; older ones have no error_data). */
export function readError(errors: unknown): WhatsAppError {
  if (!Array.isArray(errors)) return NONE;
  const { code, title, message, details, error_data } = objectOf(errors[0]);
  const more = label(objectOf(error_data).details, MAX_DETAILS) ?? label(details, MAX_DETAILS);
  return {
    code: errorCode(code),
    title:
      label(title, MAX_TITLE) ?? label(message, MAX_TITLE) ?? more?.slice(0, MAX_TITLE) ?? null,
    details: more,
  };
}
