import type {
  Content,
  Outgoing,
  Recipient,
  Refusal,
} from "#app/models/outgoing/outgoing-message.ts";

/**
 * accepted: WhatsApp has it, and tells later whether it arrived · refused: it was not sent; noAccess
 * says, for admins, that the number's token or permissions were why ·
 * unconfirmed: it may have been sent, because the answer to a written request is missing or says
 * too little. WhatsApp has no idempotency key: what is unconfirmed must not be sent again unasked.
 */
export type SendOutcome =
  | { kind: "accepted"; wamid: string }
  | ({ kind: "refused"; noAccess: string | null } & Refusal)
  | { kind: "unconfirmed"; detail: string };

/** The body of POST /{phone-number-id}/messages (Meta: Cloud API reference, "Messages"). */
export function messageBody({ recipient, content, replyToWamid, key }: Outgoing) {
  return {
    messaging_product: "whatsapp",
    ...addressOf(recipient),
    ...(replyToWamid !== null && { context: { message_id: replyToWamid } }),
    biz_opaque_callback_data: key,
    type: content.type,
    [content.type]: partOf(content),
  };
}

function addressOf(recipient: Recipient) {
  if ("groupId" in recipient) return { recipient_type: "group", to: recipient.groupId };
  const address =
    "phone" in recipient
      ? // Without its + WhatsApp would put our own country's code before it.
        { to: `+${recipient.phone}` }
      : { recipient: recipient.userId };
  return { recipient_type: "individual", ...address };
}

function partOf(content: Content) {
  if (content.type === "text") return { body: content.body };
  const { mediaId: id, caption, filename, type } = content;
  return {
    id,
    ...(caption && { caption }),
    ...(type === "document" && filename && { filename }),
  };
}
