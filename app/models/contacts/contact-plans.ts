import type { KnownContact, KnownIdentities } from "./find-known.server.ts";
import { type Identity, identityKey, isSame } from "./identities.ts";
import type { Party } from "./parties.ts";
import { contactOf, isNewerProfile } from "./settled-contact.ts";

/** A contact as a batch leaves it, before it is written. */
export interface ContactPlan {
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

export interface ContactPlans {
  all: Set<ContactPlan>;
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
export async function planContacts(
  known: KnownIdentities,
  parties: readonly Party[],
  hasUserId: (contact: KnownContact) => Promise<boolean>,
): Promise<ContactPlans> {
  const plans: ContactPlans = { all: new Set(), merges: [] };
  const owners = new Map<string, ContactPlan>();
  const byContact = new Map<number, ContactPlan>();

  const ownerOf = (identity: Identity, at: Date): ContactPlan | undefined => {
    const planned = owners.get(identityKey(identity));
    if (planned) return planned;
    const contact = contactOf(known, identity, at);
    if (!contact) return undefined;
    const plan = byContact.get(contact.id) ?? planFor(contact);
    byContact.set(contact.id, plan);
    plans.all.add(plan);
    owners.set(identityKey(identity), plan);
    return plan;
  };

  for (const party of parties) {
    const found = party.identities.flatMap((identity) => ownerOf(identity, party.sentAt) ?? []);
    let [plan] = found;
    if (!plan) {
      plan = newPlan(party.kind);
      plans.all.add(plan);
    }
    for (const other of new Set(found)) {
      if (other === plan || (await isSomebodyElse(other))) continue;
      plan = join(plan, other);
    }
    for (const identity of party.identities) {
      const owner = ownerOf(identity, party.sentAt);
      if (owner === plan) continue;
      if (owner) owner.gained = owner.gained.filter((other) => !isSame(other, identity));
      owners.set(identityKey(identity), plan);
      plan.gained.push(identity);
    }
    takeProfile(plan, party);
  }
  return plans;

  async function isSomebodyElse(plan: ContactPlan): Promise<boolean> {
    if (plan.gained.some(({ kind }) => kind === "user")) return true;
    return plan.contact !== undefined && hasUserId(plan.contact);
  }

  /** The contact that was there first stays. */
  function join(one: ContactPlan, other: ContactPlan): ContactPlan {
    const idOf = ({ contact }: ContactPlan) => contact?.id ?? Number.POSITIVE_INFINITY;
    const [keep, drop] = idOf(one) <= idOf(other) ? [one, other] : [other, one];
    for (const [key, owner] of owners) if (owner === drop) owners.set(key, keep);
    if (keep.contact && drop.contact) {
      byContact.set(drop.contact.id, keep);
      plans.merges.push({ keep: keep.contact, drop: drop.contact });
    }
    keep.gained.push(...drop.gained);
    keep.needsConversation ||= drop.needsConversation;
    if (drop.profileAt && (!keep.profileAt || drop.profileAt > keep.profileAt)) {
      Object.assign(keep, { name: drop.name, username: drop.username, profileAt: drop.profileAt });
    }
    plans.all.delete(drop);
    return keep;
  }
}

function planFor(contact: KnownContact): ContactPlan {
  const { name, username } = contact;
  return { ...newPlan("person"), contact, name, username };
}

function newPlan(kind: Party["kind"]): ContactPlan {
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
function takeProfile(plan: ContactPlan, party: Party): void {
  plan.needsConversation ||= party.inConversation && !plan.contact?.conversationId;
  if (plan.contact && !isNewerProfile(plan.contact, party)) return;
  const isLatest = !plan.profileAt || party.sentAt >= plan.profileAt;
  const { name, username, sentAt } = party;
  if (name !== null && (isLatest || plan.name === null)) plan.name = name;
  if (username !== null && (isLatest || plan.username === null)) plan.username = username;
  if (isLatest && (name !== null || username !== null)) plan.profileAt = sentAt;
}
