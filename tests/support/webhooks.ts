import { createHmac } from "node:crypto";
import type { MessageKind } from "#app/models/message-kind.ts";

export const APP_SECRET = "test-app-secret";
export const PHONE_NUMBER_ID = "106540352242922";

const metadata = { display_phone_number: "15550109999", phone_number_id: PHONE_NUMBER_ID };

/** An element of `messages`, with the part that its type names. */
export const message = (type: string, part?: unknown, fields: object = {}) => ({
  from: "15550100001",
  id: "wamid.1",
  timestamp: "1744344496",
  type,
  ...(part !== undefined && { [type]: part }),
  ...fields,
});

export const text = (wamid: string, fields: object = {}) =>
  message("text", { body: "Hello" }, { id: wamid, ...fields });

export const media = (kind: string, part: object = {}, fields: object = {}) =>
  message(
    kind,
    {
      id: "622684793477189",
      mime_type: "image/jpeg",
      sha256: "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
      ...part,
    },
    fields,
  );

export const image = (wamid: string, fields: object = {}, part: object = {}) =>
  media("image", { caption: "The receipt", ...part }, { id: wamid, ...fields });

export const reaction = (target: unknown, emoji?: unknown, fields: object = {}) =>
  message("reaction", { message_id: target, emoji }, fields);

export const revoke = (target: unknown, fields: object = {}) =>
  message("revoke", { original_message_id: target }, fields);

export const edit = (target: unknown, edited: unknown, fields: object = {}) =>
  message("edit", { original_message_id: target, message: edited }, fields);

/** The answer to a flow, with what was filled in; or with the text that it is in the place of JSON. */
export const formAnswer = (wamid: string, answers: unknown, fields: object = {}) =>
  message(
    "interactive",
    {
      type: "nfm_reply",
      nfm_reply: {
        name: "flow",
        body: "Sent",
        response_json: typeof answers === "string" ? answers : JSON.stringify(answers),
      },
    },
    { id: wamid, ...fields },
  );

/** A file as a flow's picker names it (Meta: WhatsApp Flows, "Media upload components"). */
export const pickedFile = (id: unknown, fields: object = {}) => ({
  file_name: "damage.jpg",
  mime_type: "image/jpeg",
  sha256: "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
  id,
  ...fields,
});

/** The system message of a customer who changed their phone number. */
export const numberChange = (from: string, waId: string, system: object = {}) =>
  message(
    "system",
    {
      body: `User A changed from ${from} to ${waId}`,
      type: "user_changed_number",
      wa_id: waId,
      ...system,
    },
    { from },
  );

/** A message of each kind, as WhatsApp sends it (Meta: Webhooks, "messages"). */
export const samples: Record<MessageKind, object> = {
  text: text("wamid.text", { context: { id: "wamid.0", from: "15550109999" } }),
  image: image("wamid.image"),
  video: media("video", { mime_type: "video/mp4", caption: "A video" }),
  audio: media("audio", { mime_type: "audio/ogg; codecs=opus", voice: true }),
  document: media("document", { filename: "receipt.pdf", mime_type: "application/pdf" }),
  sticker: media("sticker", { mime_type: "image/webp", animated: false }),
  location: message("location", {
    latitude: 52.37,
    longitude: 4.89,
    name: "Office",
    address: "Dam 1",
  }),
  contacts: message("contacts", [
    { name: { formatted_name: "Ben" }, phones: [{ phone: "+1 555 010 0002", type: "HOME" }] },
  ]),
  interactive: message("interactive", {
    type: "list_reply",
    list_reply: { id: "1", title: "Blue", description: "Dark" },
  }),
  button: message("button", { text: "Stop", payload: "STOP" }),
  order: message("order", {
    catalog_id: "1",
    product_items: [
      { product_retailer_id: "lamp", quantity: "2", item_price: 1.5, currency: "EUR" },
    ],
  }),
  system: numberChange("15550100001", "15550100002"),
  request_welcome: message("request_welcome"),
  media_placeholder: message("media_placeholder"),
  unsupported: message(
    "unsupported",
    { type: "poll" },
    { errors: [{ code: 131051, title: "Unknown" }] },
  ),
};

/** One message of every type that WhatsApp documents. */
export const everyType = [
  ...Object.values(samples),
  media("voice"),
  message("interactive", { type: "button_reply", button_reply: { id: "1", title: "Yes" } }),
  message("interactive", { type: "nfm_reply", nfm_reply: { body: "Sent", response_json: "{" } }),
  formAnswer("wamid.form", { photos: [pickedFile("622684793477189")] }),
  reaction("wamid.0", "👍"),
  revoke("wamid.0"),
  edit("wamid.0", { type: "text", text: { body: "Better" }, context: { id: "M0" } }),
];

export const status = (wamid: string, word: string, fields: object = {}) => ({
  id: wamid,
  status: word,
  timestamp: "1744344496",
  recipient_id: "15550100001",
  ...fields,
});

/** An element of `message_echoes`: the same as a message, the other way. */
export const echo = (message: object, fields: object = {}) => ({
  ...message,
  from: "15550109999",
  to: "15550100001",
  ...fields,
});

/** The value of a `history` change with one thread. */
export const history = (id: string, messages: unknown[], thread: object = {}) => ({
  history: [
    {
      metadata: { phase: 0, chunk_order: 1, progress: 55 },
      threads: [{ id, messages, ...thread }],
    },
  ],
});

export const contact = (waId: string, name: string) => ({ profile: { name }, wa_id: waId });

/** The part of a change's value that names the business's number. */
export const on = (phoneNumberId: string, value: object = {}) => ({
  metadata: { phone_number_id: phoneNumberId },
  ...value,
});

/** A webhook with one change of the field `messages`. */
export function webhook(messages: unknown[], value: object = {}) {
  return webhookOf(change(messages, value));
}

/** A webhook with one change of any field. */
export function fieldWebhook(field: string, value: object = {}) {
  return webhookOf({ field, value: { messaging_product: "whatsapp", metadata, ...value } });
}

export function change(messages: unknown[], value: object = {}) {
  return {
    field: "messages",
    value: {
      messaging_product: "whatsapp",
      metadata,
      contacts: [contact("15550100001", "Ana")],
      messages,
      ...value,
    },
  };
}

function webhookOf(change: object) {
  return {
    object: "whatsapp_business_account",
    entry: [{ id: "102290129340398", changes: [change] }],
  };
}

export function signature(body: string | Uint8Array, secret = APP_SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** A POST as Meta sends it; a body that is not text or bytes is written as JSON. */
export function webhookRequest(body: unknown, headers: Record<string, string> = {}): Request {
  const bytes =
    typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  return new Request("http://localhost/webhooks/whatsapp", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-hub-signature-256": signature(bytes),
      ...headers,
    },
    body: bytes as BodyInit,
  });
}
