import { createHmac } from "node:crypto";

export const APP_SECRET = "test-app-secret";
export const PHONE_NUMBER_ID = "106540352242922";

/** What `messages` and `contacts` of a webhook look like, to be varied. */
export const text = (wamid: string, fields: object = {}) => ({
  from: "15550100001",
  id: wamid,
  timestamp: "1744344496",
  type: "text",
  text: { body: "Hello" },
  ...fields,
});

export const image = (wamid: string, fields: object = {}, media: object = {}) => ({
  from: "15550100001",
  id: wamid,
  timestamp: "1744344496",
  type: "image",
  image: {
    id: "622684793477189",
    mime_type: "image/jpeg",
    sha256: "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
    caption: "The receipt",
    ...media,
  },
  ...fields,
});

export const contact = (waId: string, name: string) => ({ profile: { name }, wa_id: waId });

/** The part of a change's value that names the business's number. */
export const on = (phoneNumberId: string, value: object = {}) => ({
  metadata: { phone_number_id: phoneNumberId },
  ...value,
});

/** A webhook with one change of the field `messages`. */
export function webhook(messages: unknown[], value: object = {}) {
  return {
    object: "whatsapp_business_account",
    entry: [{ id: "102290129340398", changes: [change(messages, value)] }],
  };
}

export function change(messages: unknown[], value: object = {}) {
  return {
    field: "messages",
    value: {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "15550109999", phone_number_id: PHONE_NUMBER_ID },
      contacts: [contact("15550100001", "Ana")],
      messages,
      ...value,
    },
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
