import { z } from "zod";
import { line } from "./fields.ts";
import { type FormField, fieldName, readAnswers, readForm } from "./form.ts";

/** What was tapped: a button, or a line of a list. */
export interface ChoiceDetails {
  kind: "choice";
  title: string;
  description: string | null;
}

/** What was filled in: a form (a "flow"), or an interactive message that this version doesn't know. */
export interface FormDetails {
  kind: "form";
  /** What WhatsApp calls it; null for a flow. */
  title: string | null;
  fields: FormField[];
}

const choice = z.object({ title: line(200), description: line(500) });
const flow = z.object({ response_json: z.unknown().optional() });

/** The answer to a template's button (Meta: Webhooks, "button messages"). */
export function readButton(payload: unknown): ChoiceDetails | null {
  const read = z.object({ text: line(500) }).safeParse(payload);
  const title = read.data?.text;
  return title ? { kind: "choice", title, description: null } : null;
}

/** The answer to an interactive message (Meta: Webhooks, "interactive messages", and Flows). */
export function readInteractive(payload: unknown): ChoiceDetails | FormDetails | null {
  const type = z.object({ type: line(50) }).safeParse(payload).data?.type;
  if (!type) return null;
  const reply: unknown = Object(payload)[type];
  switch (type) {
    case "button_reply":
    case "list_reply": {
      const { title, description } = choice.safeParse(reply).data ?? {};
      return title ? { kind: "choice", title, description: description ?? null } : null;
    }
    case "nfm_reply": {
      const json = flow.safeParse(reply).data?.response_json;
      return { kind: "form", title: null, fields: readForm(json) };
    }
    default:
      return { kind: "form", title: fieldName(type), fields: readAnswers(reply) };
  }
}
