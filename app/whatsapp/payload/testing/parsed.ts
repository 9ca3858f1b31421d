import { parseWebhook } from "#app/whatsapp/payload/parse-webhook.ts";
import { webhook } from "#tests/support/webhooks.ts";

export const receivedAt = new Date("2025-04-11T04:08:20Z");

export const parse = (body: unknown) => parseWebhook(body, receivedAt);

/** The message that a webhook of one message gives, if it does. */
export function messageIn(body: unknown) {
  const [update] = parse(body);
  return update?.kind === "message" ? update.message : undefined;
}

export const messageOf = (message: unknown, value?: object) => messageIn(webhook([message], value));

/** Each update's kind, or why it can't be used. */
export const kindsOf = (body: unknown) =>
  parse(body).map((update) => (update.kind === "unusable" ? update.reason : update.kind));
