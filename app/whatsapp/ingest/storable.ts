import { type Identity, identitiesOf, uniqueIdentities } from "#app/models/contacts/identities.ts";
import { allParties, type Party, partyOfGroup } from "#app/models/contacts/parties.ts";
import type {
  IdentityChange,
  ReceivedMessage,
  ReceivedStatus,
} from "#app/models/received/received.ts";
import type {
  GroupUpdate,
  IdentityUpdate,
  MessageUpdate,
  StatusUpdate,
} from "../payload/updates.ts";

/** What belongs to one of our numbers and is kept. */
export type Storable = MessageUpdate | StatusUpdate | IdentityUpdate | GroupUpdate;

/** Everybody whom a batch of updates names. */
export function identitiesIn(updates: readonly Storable[]): Identity[] {
  return uniqueIdentities(partiesIn(updates).flatMap((party) => party.identities));
}

/** All whose ids a batch changes, before and after. */
export function identitiesChangedIn(updates: readonly Storable[]): Identity[] {
  return updates.flatMap((update) => {
    const change = changeOf(update);
    return change ? [...identitiesOf(change.previous), ...identitiesOf(change.current)] : [];
  });
}

export function partiesIn(updates: readonly Storable[]): Party[] {
  const groups = updates.flatMap((update) => (update.kind === "group" ? update.group : []));
  return [...allParties(messagesOf(updates)), ...groups.map(partyOfGroup)];
}

/** Each ends with an update that changes who somebody is, but the last. */
export function upToEachChange(updates: readonly Storable[]): Storable[][] {
  const parts: Storable[][] = [[]];
  for (const update of updates) {
    parts.at(-1)?.push(update);
    if (changeOf(update)) parts.push([]);
  }
  return parts;
}

/** Of two with one wamid the first. */
export function messagesOf(updates: readonly Storable[]): ReceivedMessage[] {
  const messages = new Map<string, ReceivedMessage>();
  for (const update of updates) {
    if (update.kind !== "message" || messages.has(update.message.wamid)) continue;
    messages.set(update.message.wamid, update.message);
  }
  return [...messages.values()];
}

/** Whether it is a message and says nothing else. */
export function isPlain(update: Storable): boolean {
  return update.kind === "message" && !update.change && !update.status;
}

export function changeOf(update: Storable): IdentityChange | undefined {
  return "change" in update ? update.change : undefined;
}

export function statusOf(update: Storable): ReceivedStatus | undefined {
  return "status" in update ? update.status : undefined;
}
