import { line } from "./fields.ts";

const MAX_CHARACTERS = 20_000;
const MAX_OF_EACH = 20;

/**
 * The few properties of a vCard (RFC 6350, and 2426 before it) that a person looks for. WhatsApp
 * sends one in place of fields when a contact was passed on with its user name.
 */
export function readVcard(text: string) {
  const lines = text
    .slice(0, MAX_CHARACTERS)
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/);
  const values = (property: string) =>
    lines.flatMap((written) => textOf(written, property) ?? []).slice(0, MAX_OF_EACH);
  return {
    name: values("FN")[0] ?? null,
    organisation: values("ORG")[0] ?? null,
    phones: values("TEL").map((phone) => phone.replace(/^tel:/i, "")),
    emails: values("EMAIL"),
  };
}

/** Of `item1.TEL;type=CELL:+1 555 010 0001`, what follows the colon. */
function textOf(written: string, property: string): string | null {
  const colon = written.indexOf(":");
  if (colon < 0) return null;
  const [name = ""] = written.slice(0, colon).split(";");
  if (name.replace(/^[^.]*\./, "").toUpperCase() !== property) return null;
  const value = written.slice(colon + 1).replace(/\\n/gi, " ");
  return line(254).parse(value.replace(/(?<!\\);/g, ", ").replace(/\\(.)/g, "$1"));
}
