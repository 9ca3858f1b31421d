import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageKinds } from "../message-kind.ts";
import { readReferral } from "./details/referral.ts";
import { messageDetails } from "./message-details.ts";

/** All that say more than words and files, and one that nobody knows. */
const TYPES = [...messageKinds.filter((kind) => messageDetails(kind, null) !== null), "poll"];

const field = (name: string, value: string) => ({ name, value, files: [], moreFiles: 0 });

describe("messageDetails", () => {
  it("has none for a text or a file", () => {
    expect(messageDetails("text", null)).toBeNull();
    expect(messageDetails("image", { id: "1" })).toBeNull();
  });

  it.each(TYPES)("never throws, whatever the payload of a %s holds", (type) => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        expect(messageDetails(type, payload)).toHaveProperty("kind");
      }),
    );
  });

  it("never throws where only a part is odd", () => {
    const payload = fc.record({
      latitude: fc.jsonValue(),
      name: fc.jsonValue(),
      phones: fc.jsonValue(),
      product_items: fc.array(fc.record({ quantity: fc.jsonValue(), item_price: fc.jsonValue() })),
      type: fc.constantFrom("nfm_reply", "list_reply", "__proto__", "constructor"),
      nfm_reply: fc.record({ response_json: fc.oneof(fc.json(), fc.jsonValue()) }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), payload, (type, value) => {
        messageDetails(type, type === "contacts" ? [value] : value);
      }),
    );
  });

  it("reads a location, also with its numbers in quotes", () => {
    const words = { name: "Harbour", address: "1 Quay", url: "https://quay.test/" };
    expect(messageDetails("location", { latitude: "37.5", longitude: -122, ...words })).toEqual({
      kind: "location",
      point: { latitude: 37.5, longitude: -122 },
      ...words,
    });
  });

  it.each([
    { latitude: 91, longitude: 0 },
    { latitude: 0, longitude: 181 },
    { latitude: "", longitude: null },
    { latitude: "1e3", longitude: "0x10" },
  ])("takes %j for no point on the earth", (point) => {
    expect(messageDetails("location", { ...point, name: "Here" })).toMatchObject({ point: null });
    expect(messageDetails("location", point)).toEqual({ kind: "unsupported", of: null });
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "JaVaScRiPt:alert(1)",
    "//evil.test",
    "https://bank.test@evil.test/",
    "file:///etc/passwd",
    "not an address",
  ])("F65 drops the address %s", (url) => {
    expect(messageDetails("location", { name: "Here", url })).toMatchObject({ url: null });
    expect(readReferral({ headline: "Rooms", source_url: url })).toMatchObject({ url: null });
  });

  it("reads contact cards, and a vCard where there is nothing else", () => {
    const vcard =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Oka\r\n for\r\nORG:Harbour\\, Ltd;Sales\r\nitem1.TEL;type=CELL:+15550100077\r\nEMAIL:ben@harbour.test\r\nEND:VCARD";
    const payload = [
      {
        name: { first_name: "Lucía", last_name: "Gómez" },
        org: { company: "Hotel", title: "Chef" },
        phones: [{ phone: "+1 555 010 2319" }, { wa_id: "15550102320" }, {}, null],
        emails: [{ email: "lucia@hotel.test" }],
        addresses: [{ street: "1 Quay", zip: "1000", city: "Port" }],
        urls: [{ url: "https://hotel.test/" }, { url: "javascript:alert(1)" }],
        birthday: "1990-01-01",
      },
      { vcard },
      "odd",
    ];
    expect(messageDetails("contacts", payload)).toEqual({
      kind: "contacts",
      cards: [
        {
          name: "Lucía Gómez",
          organisation: "Chef, Hotel",
          phones: ["+1 555 010 2319", "+15550102320"],
          emails: ["lucia@hotel.test"],
          addresses: ["1 Quay, 1000 Port"],
          urls: ["https://hotel.test/"],
          birthday: "1990-01-01",
        },
        {
          name: "Ben Okafor",
          organisation: "Harbour, Ltd, Sales",
          phones: ["+15550100077"],
          emails: ["ben@harbour.test"],
          addresses: [],
          urls: [],
          birthday: null,
        },
      ],
    });
  });

  it("adds an order up where it can", () => {
    const item = (fields: object) => ({ product_retailer_id: "room", quantity: 2, ...fields });
    const order = (...product_items: object[]) => messageDetails("order", { product_items });
    const eur = item({ item_price: "12.5", currency: "eur" });
    expect(order(eur, item({ item_price: 1, currency: "EUR" }))).toMatchObject({
      items: [{ product: "room", quantity: 2, price: { amount: 12.5, currency: "EUR" } }, {}],
      total: { amount: 27, currency: "EUR" },
    });
    expect(order(eur, item({ item_price: 1, currency: "USD" }))).toMatchObject({ total: null });
    expect(order(item({ item_price: "about 5", currency: "euros" }))).toMatchObject({
      items: [{ price: "about 5 euros" }],
      total: null,
    });
    expect(order(item({ quantity: -1 }))).toMatchObject({
      items: [{ quantity: null, price: null }],
    });
  });

  it("reads what was tapped", () => {
    const reply = { id: "a", title: "Sea view", description: "Double" };
    const choice = { kind: "choice", title: "Sea view" };
    expect(messageDetails("button", { text: "Sea view", payload: "a" })).toMatchObject(choice);
    for (const type of ["button_reply", "list_reply"]) {
      expect(messageDetails("interactive", { type, [type]: reply })).toMatchObject(choice);
    }
  });

  it("reads what was filled in, without Meta's own marks", () => {
    const flow = (response_json: unknown) =>
      messageDetails("interactive", { type: "nfm_reply", nfm_reply: { response_json } });
    const answers = { flow_token: "t", screen_0_first_name_1: "Ana", guests: 2, extras: ["bed"] };
    expect(flow(JSON.stringify(answers))).toEqual({
      kind: "form",
      title: null,
      fields: [field("first name", "Ana"), field("guests", "2"), field("extras", '["bed"]')],
    });
    for (const odd of ["[1]", "{", "null", 5, undefined]) {
      expect(flow(odd)).toEqual({ kind: "form", title: null, fields: [] });
    }
  });

  it("F64 holds no half of a character, also out of a form's own JSON", () => {
    const response_json = '{"\\ud83d":"\\ud83d<\\udc4d"}';
    expect(
      messageDetails("interactive", { type: "nfm_reply", nfm_reply: { response_json } }),
    ).toEqual({
      kind: "form",
      title: null,
      fields: [field("\ufffd", "\ufffd<\ufffd")],
    });
  });

  it("shows the fields of an interactive message that it doesn't know", () => {
    const payload = { type: "payment_method", payment_method: { last_four_digits: "5235" } };
    expect(messageDetails("interactive", payload)).toEqual({
      kind: "form",
      title: "payment method",
      fields: [field("last four digits", "5235")],
    });
  });

  it("tells what WhatsApp calls a message that it doesn't support", () => {
    expect(messageDetails("unsupported", { unsupported: { type: "poll" } })).toEqual({
      kind: "unsupported",
      of: "poll",
    });
  });

  it("reads where a customer came from, or which product they ask about", () => {
    const nothing = { source: null, headline: null, body: null, url: null, product: null };
    const ad = { source_type: "ad", headline: "Rooms", source_url: "https://fb.test/1" };
    const read = { source: "ad", headline: "Rooms", url: "https://fb.test/1" };
    expect(readReferral(ad)).toEqual({ ...nothing, ...read });
    const referred_product = { catalog_id: "1", product_retailer_id: "sea-view" };
    expect(readReferral({ referred_product })).toEqual({ ...nothing, product: "sea-view" });
    for (const odd of [null, {}, [], "ad", { source_type: 1 }])
      expect(readReferral(odd)).toBeNull();
  });

  it("cuts long words, never in the middle of a character", () => {
    const details = messageDetails("location", { name: `${"a".repeat(199)}😀` });
    expect(details).toMatchObject({ name: "a".repeat(199) });
  });
});
