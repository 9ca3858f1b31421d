const FORM_FIELDS = 50;

type Fields = Record<string, unknown>;

/** The types that hold many of something, with each payload in every field of one. */
export function listMessages(payloads: readonly string[]): Fields[] {
  const parts = Array.from({ length: Math.ceil(payloads.length / FORM_FIELDS) }, (_, part) =>
    payloads.slice(part * FORM_FIELDS, (part + 1) * FORM_FIELDS),
  );
  const answers = (some: string[]) => Object.fromEntries(some.map((one) => [one, one]));
  return [
    { type: "contacts", contacts: payloads.map(cardOf) },
    {
      type: "contacts",
      contacts: payloads.map((payload) => ({ vcard: vcardOf(payload), origin: payload })),
    },
    { type: "order", order: orderOf(payloads) },
    ...parts.map((some) => ({
      type: "interactive",
      interactive: {
        type: "nfm_reply",
        nfm_reply: { name: "flow", response_json: JSON.stringify(answers(some)) },
      },
    })),
    ...parts.map((some) => ({
      type: "interactive",
      interactive: { type: some[0], [some[0] ?? ""]: answers(some) },
    })),
    { type: "system", system: { type: "unknown_change", body: payloads.slice(0, 10).join(" ") } },
    { type: payloads[0], [payloads[0] ?? ""]: payloads },
  ];
}

function cardOf(payload: string): Fields {
  return {
    name: { formatted_name: payload },
    org: { title: payload, department: payload, company: payload },
    phones: [{ phone: payload, wa_id: payload, type: payload }],
    emails: [{ email: payload }, { email: `${payload}@canary.test` }],
    addresses: [{ street: payload, zip: payload, city: payload, state: payload, country: payload }],
    urls: [{ url: payload }, { url: `https://canary.test/${payload}` }],
    birthday: payload,
  };
}

function vcardOf(payload: string): string {
  const properties = ["FN", "ORG", "TEL", "EMAIL", "URL", "NOTE"];
  return `BEGIN:VCARD\n${properties.map((name) => `${name}:${payload}`).join("\n")}\nEND:VCARD`;
}

function orderOf(payloads: readonly string[]): Fields {
  return {
    catalog_id: payloads[0],
    text: payloads.join("\n").slice(0, 4_000),
    product_items: payloads.map((payload) => ({
      product_retailer_id: payload,
      quantity: payload,
      item_price: payload,
      currency: payload,
    })),
  };
}
