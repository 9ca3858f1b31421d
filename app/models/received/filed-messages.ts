import type { KnownContact, KnownIdentities } from "../contacts/find-known.server.ts";
import { type Party, partiesOf } from "../contacts/parties.ts";
import { contactOf, settledContact } from "../contacts/settled-contact.ts";
import type { ReceivedMessage } from "./received.ts";

/** A message whose conversation, and sender in a group, are known. */
export interface FiledMessage {
  message: ReceivedMessage;
  conversationId: number;
  senderContactId: number | null;
}

/** @returns undefined when something about its contacts has to be written first, or it names none */
export function fileIfSettled(
  known: KnownIdentities,
  message: ReceivedMessage,
): FiledMessage | undefined {
  return file(message, (party) => settledContact(known, party));
}

/**
 * Files a message whose contacts were just opened.
 *
 * @returns undefined when it names none
 */
export function fileOpened(
  known: KnownIdentities,
  message: ReceivedMessage,
): FiledMessage | undefined {
  return file(message, ({ identities: [identity], sentAt }) =>
    identity ? contactOf(known, identity, sentAt) : undefined,
  );
}

function file(
  message: ReceivedMessage,
  find: (party: Party) => KnownContact | undefined,
): FiledMessage | undefined {
  const { conversation, sender } = partiesOf(message);
  const conversationId = conversation && find(conversation)?.conversationId;
  if (!conversationId) return undefined;
  if (!sender) return { message, conversationId, senderContactId: null };
  const contact = find(sender);
  return contact && { message, conversationId, senderContactId: contact.id };
}
