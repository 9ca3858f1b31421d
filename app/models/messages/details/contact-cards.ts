import { z } from "zod";
import { line, list, webUrl } from "./fields.ts";
import { readVcard } from "./vcard.ts";

/** People whom the sender passes on (Meta: Webhooks, "contacts messages"). */
export interface ContactsDetails {
  kind: "contacts";
  cards: ContactCard[];
}

export interface ContactCard {
  name: string | null;
  organisation: string | null;
  phones: string[];
  emails: string[];
  addresses: string[];
  birthday: string | null;
  urls: string[];
}

/** WhatsApp lets 257 be sent at once. */
const MAX_CARDS = 257;
const MAX_OF_EACH = 20;

const name = z
  .object({ formatted_name: line(200), first_name: line(100), last_name: line(100) })
  .transform((it) => it.formatted_name ?? joined(" ", it.first_name, it.last_name))
  .catch(null);

const organisation = z
  .object({ title: line(100), department: line(100), company: line(200) })
  .transform((it) => joined(", ", it.title, it.department, it.company))
  .catch(null);

const phone = z
  .object({ phone: line(50), wa_id: line(50) })
  .transform((it) => it.phone ?? (it.wa_id && `+${it.wa_id}`));

const address = z
  .object({
    street: line(200),
    zip: line(50),
    city: line(100),
    state: line(100),
    country: line(100),
  })
  .transform((it) => joined(", ", it.street, joined(" ", it.zip, it.city), it.state, it.country));

const card = z
  .object({
    name,
    org: organisation,
    phones: list(phone, MAX_OF_EACH),
    emails: list(
      z.object({ email: line(254) }).transform((it) => it.email),
      MAX_OF_EACH,
    ),
    addresses: list(address, MAX_OF_EACH),
    birthday: line(50),
    urls: list(
      z.object({ url: webUrl }).transform((it) => it.url),
      MAX_OF_EACH,
    ),
    vcard: z.string().nullable().catch(null),
  })
  .transform(({ vcard, org, ...it }): ContactCard => {
    const written = vcard === null ? null : readVcard(vcard);
    return {
      ...it,
      name: it.name ?? written?.name ?? null,
      organisation: org ?? written?.organisation ?? null,
      phones: present(it.phones.length > 0 ? it.phones : (written?.phones ?? [])),
      emails: present(it.emails.length > 0 ? it.emails : (written?.emails ?? [])),
      addresses: present(it.addresses),
      urls: present(it.urls),
    };
  });

/** @returns null when there is no card among it */
export function readContactCards(payload: unknown): ContactsDetails | null {
  const cards = list(card, MAX_CARDS).parse(payload);
  return cards.length > 0 ? { kind: "contacts", cards } : null;
}

function joined(separator: string, ...parts: (string | null)[]): string | null {
  return present(parts).join(separator) || null;
}

function present(values: (string | null)[]): string[] {
  return values.filter((value) => value !== null);
}
