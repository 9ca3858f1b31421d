import { type Identity, identityKey, isSame } from "./identities.ts";
import type { KnownContact, KnownIdentities } from "./known.server.ts";
import type { Party } from "./parties.ts";
import { contactOf, isNewerProfile } from "./settled.ts";

/** A contact as a batch leaves it, before it is written. */
export interface Draft {
  kind: Party["kind"];
  /** Undefined for a contact that is new. */
  contact: KnownContact | undefined;
  name: string | null;
  username: string | null;
  profileAt: Date | undefined;
  needsConversation: boolean;
  /** Identities that become this contact's. */
  gained: Identity[];
}

export interface Drafts {
  all: Set<Draft>;
  /** Two contacts that turned out to be one person; both are in the database. */
  merges: { keep: KnownContact; drop: KnownContact }[];
}

/**
 * Works out which contacts a batch's parties are. A party that names two contacts shows that they
 * are one person, or, when the phone number's contact has another user id, that the number has
 * passed to somebody else.
 *
 * @param hasUserId whether a contact of the database has a user id
 */
export async function draftContacts(
  known: KnownIdentities,
  parties: readonly Party[],
  hasUserId: (contact: KnownContact) => Promise<boolean>,
): Promise<Drafts> {
  const drafts: Drafts = { all: new Set(), merges: [] };
  const owners = new Map<string, Draft>();
  const byContact = new Map<number, Draft>();

  const ownerOf = (identity: Identity, at: Date): Draft | undefined => {
    const drafted = owners.get(identityKey(identity));
    if (drafted) return drafted;
    const contact = contactOf(known, identity, at);
    if (!contact) return undefined;
    const draft = byContact.get(contact.id) ?? draftOf(contact);
    byContact.set(contact.id, draft);
    drafts.all.add(draft);
    owners.set(identityKey(identity), draft);
    return draft;
  };

  for (const party of parties) {
    const found = party.identities.flatMap((identity) => ownerOf(identity, party.sentAt) ?? []);
    let [draft] = found;
    if (!draft) {
      draft = newDraft(party.kind);
      drafts.all.add(draft);
    }
    for (const other of new Set(found)) {
      if (other === draft || (await isSomebodyElse(other))) continue;
      draft = join(draft, other);
    }
    for (const identity of party.identities) {
      const owner = ownerOf(identity, party.sentAt);
      if (owner === draft) continue;
      if (owner) owner.gained = owner.gained.filter((other) => !isSame(other, identity));
      owners.set(identityKey(identity), draft);
      draft.gained.push(identity);
    }
    takeProfile(draft, party);
  }
  return drafts;

  async function isSomebodyElse(draft: Draft): Promise<boolean> {
    if (draft.gained.some(({ kind }) => kind === "user")) return true;
    return draft.contact !== undefined && hasUserId(draft.contact);
  }

  /** The contact that was there first stays. */
  function join(one: Draft, other: Draft): Draft {
    const idOf = ({ contact }: Draft) => contact?.id ?? Number.POSITIVE_INFINITY;
    const [keep, drop] = idOf(one) <= idOf(other) ? [one, other] : [other, one];
    for (const [key, owner] of owners) if (owner === drop) owners.set(key, keep);
    if (keep.contact && drop.contact) {
      byContact.set(drop.contact.id, keep);
      drafts.merges.push({ keep: keep.contact, drop: drop.contact });
    }
    keep.gained.push(...drop.gained);
    keep.needsConversation ||= drop.needsConversation;
    if (drop.profileAt && (!keep.profileAt || drop.profileAt > keep.profileAt)) {
      Object.assign(keep, { name: drop.name, username: drop.username, profileAt: drop.profileAt });
    }
    drafts.all.delete(drop);
    return keep;
  }
}

function draftOf(contact: KnownContact): Draft {
  const { name, username } = contact;
  return { ...newDraft("person"), contact, name, username };
}

function newDraft(kind: Party["kind"]): Draft {
  return {
    kind,
    contact: undefined,
    name: null,
    username: null,
    profileAt: undefined,
    needsConversation: false,
    gained: [],
  };
}

/** The latest message that has a name gives it. */
function takeProfile(draft: Draft, party: Party): void {
  draft.needsConversation ||= party.inConversation && !draft.contact?.conversationId;
  if (draft.contact && !isNewerProfile(draft.contact, party)) return;
  const isLatest = !draft.profileAt || party.sentAt >= draft.profileAt;
  const { name, username, sentAt } = party;
  if (name !== null && (isLatest || draft.name === null)) draft.name = name;
  if (username !== null && (isLatest || draft.username === null)) draft.username = username;
  if (isLatest && (name !== null || username !== null)) draft.profileAt = sentAt;
}
