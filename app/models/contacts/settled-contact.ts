import type { KnownContact, KnownIdentities } from "./find-known.server.ts";
import { type Identity, identityKey } from "./identities.ts";
import type { Party } from "./parties.ts";

/** Who had an identity when the party used it; nobody's when its contact had given it up by then. */
export function contactOf(
  known: KnownIdentities,
  identity: Identity,
  at: Date,
): KnownContact | undefined {
  const found = known.get(identityKey(identity));
  return found && (!found.endedAt || at <= found.endedAt) ? found.contact : undefined;
}

/**
 * The party's contact when nothing about it has to be written first: all its identities are that
 * contact's, its conversation is there, its names are current.
 */
export function settledContact(known: KnownIdentities, party: Party): KnownContact | undefined {
  const found = party.identities.map((identity) => contactOf(known, identity, party.sentAt));
  const [contact] = found;
  const isSettled =
    contact &&
    found.every((other) => other?.id === contact.id) &&
    (!party.inConversation || contact.conversationId !== null) &&
    !isNewerProfile(contact, party);
  return isSettled ? contact : undefined;
}

/**
 * Whether the party's names should replace the contact's. A late message leaves them alone: it may
 * carry one that the customer has since changed. A group's name is never late: its messages carry none.
 */
export function isNewerProfile(contact: KnownContact, party: Party): boolean {
  const { kind, name, username, sentAt } = party;
  const isLate =
    kind === "person" && contact.lastMessageAt !== null && sentAt < contact.lastMessageAt;
  const replaces = (current: string | null, next: string | null) =>
    next !== null && next !== current && (!isLate || current === null);
  return replaces(contact.name, name) || replaces(contact.username, username);
}
