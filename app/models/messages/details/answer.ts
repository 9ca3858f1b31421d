import { z } from "zod";
import { cut, line } from "./fields.ts";

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
  fields: { name: string; value: string }[];
}

const MAX_FIELDS = 50;
const MAX_JSON_CHARACTERS = 100_000;
/** Meta's own marks in a flow's answer: nothing that the customer said. */
const MARKS = new Set(["flow_token", "wa_flow_response_params"]);

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
      return { kind: "form", title: null, fields: fieldsOf(fromJson(json)) };
    }
    default:
      return { kind: "form", title: words(type), fields: fieldsOf(reply) };
  }
}

function fromJson(text: unknown): unknown {
  if (typeof text !== "string" || text.length > MAX_JSON_CHARACTERS) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fieldsOf(answers: unknown): FormDetails["fields"] {
  if (typeof answers !== "object" || answers === null || Array.isArray(answers)) return [];
  return Object.entries(answers)
    .filter(([name]) => !MARKS.has(name))
    .slice(0, MAX_FIELDS)
    .map(([name, value]) => ({
      name: words(name),
      value: cut(typeof value === "string" ? value : (JSON.stringify(value) ?? ""), 1_000),
    }));
}

/** "screen_0_order_number_1", as Meta's editor names a field, to "order number". */
function words(name: string): string {
  const bare = name.replace(/^screen_\d+_/, "").replace(/_\d+$/, "");
  return cut(bare.replaceAll("_", " ").trim(), 100);
}
