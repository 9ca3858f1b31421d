import type { KnownIdentities, Recognised } from "#app/models/contacts/find-known.server.ts";
import { followIdentityChange } from "#app/models/contacts/identity-changes.server.ts";
import { lockIdentities } from "#app/models/contacts/identity-lock.server.ts";
import { openContacts, openNewContacts } from "#app/models/contacts/open-contacts.server.ts";
import { partiesOf } from "#app/models/contacts/parties.ts";
import { mediaKindOf } from "#app/models/message-kind.ts";
import { fileIfSettled, fileOpened } from "#app/models/received/filed-messages.ts";
import { fillPlaceholders } from "#app/models/received/media-placeholders.server.ts";
import { noteStatuses } from "#app/models/received/message-statuses.server.ts";
import { insertMessages } from "#app/models/received/message-writes.server.ts";
import type { ReceivedMessage } from "#app/models/received/received.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import {
  changeOf,
  identitiesChangedIn,
  identitiesIn,
  isPlain,
  messagesOf,
  partiesIn,
  type Storable,
  statusOf,
  upToEachChange,
} from "./storable.ts";

export interface Stored {
  /** The wamids of messages that were new. */
  inserted: Set<string>;
  /** The wamids of messages that name nobody, and that nothing waits for. */
  unaddressed: Set<string>;
  /** How many statuses said something new. */
  statuses: number;
}

export interface Destination extends Recognised {
  /** It was tried before, and somebody else was in the way: what was looked up then is not trusted. */
  isRetry: boolean;
}

/**
 * Stores one account's updates, all or none, in the order given. What is already there changes
 * nothing.
 *
 * @param updates at most 1,000
 */
export async function storeUpdates(
  scope: CompanyScope,
  { accountId, known, isRetry }: Destination,
  updates: readonly Storable[],
): Promise<Stored> {
  const statuses = updates.flatMap((update) => statusOf(update) ?? []);
  if (updates.every(({ kind }) => kind === "status")) {
    return noted(await noteStatuses(scope, accountId, statuses));
  }
  const atOnce = updates.every(isPlain) && (await storeAtOnce(scope, accountId, known, updates));
  return (
    atOnce ||
    scope.db.transaction(async (tx) => {
      const inside = { ...scope, db: tx };
      const stored = await storeInOrder(inside, accountId, isRetry ? undefined : known, updates);
      return { ...stored, statuses: await noteStatuses(inside, accountId, statuses) };
    })
  );
}

/**
 * Nearly all webhooks bring messages of people we know and nothing else. Those take one statement,
 * which needs no transaction around it.
 *
 * @returns undefined when something else has to be written too
 */
async function storeAtOnce(
  scope: CompanyScope,
  accountId: number,
  known: KnownIdentities,
  updates: readonly Storable[],
): Promise<Stored | undefined> {
  const messages = messagesOf(updates);
  const filed = messages.flatMap((message) => fileIfSettled(known, message) ?? []);
  if (filed.length < messages.length) return undefined;
  const inserted = await insertMessages(scope, accountId, filed);
  await fill(scope, accountId, messages, inserted);
  return { inserted, unaddressed: new Set(), statuses: 0 };
}

async function storeInOrder(
  scope: CompanyScope,
  accountId: number,
  known: KnownIdentities | undefined,
  updates: readonly Storable[],
): Promise<Stored> {
  const stored = noted(0);
  const parts = upToEachChange(updates);
  // All at once, because two transactions that took them part by part could wait in a circle.
  if (parts.length > 1) {
    await lockIdentities(scope, [...identitiesIn(updates), ...identitiesChangedIn(updates)]);
  }
  for (const part of parts) {
    const messages = messagesOf(part);
    const parties = partiesIn(part);
    // What was known before holds until something changes who is who.
    const isFirst = part === parts[0];
    const added = isFirst && known && (await openNewContacts(scope, accountId, parties, known));
    const opened = added || (await openContacts(scope, accountId, parties));
    const filed = messages.flatMap((message) => fileOpened(opened, message) ?? []);
    const inserted = await insertMessages(scope, accountId, filed);
    const unaddressed = await fill(scope, accountId, messages, inserted);
    for (const wamid of inserted) stored.inserted.add(wamid);
    for (const wamid of unaddressed) stored.unaddressed.add(wamid);
    const last = part.at(-1);
    const change = last && changeOf(last);
    const isNew = last?.kind !== "message" || inserted.has(last.message.wamid);
    if (change && isNew) await followIdentityChange(scope, accountId, change);
  }
  return stored;
}

/** Files that history announced earlier: they have their message's wamid, so they were not new. */
async function fill(
  scope: CompanyScope,
  accountId: number,
  messages: readonly ReceivedMessage[],
  inserted: ReadonlySet<string>,
): Promise<string[]> {
  const files = messages.filter(({ wamid, type }) => !inserted.has(wamid) && mediaKindOf(type));
  const here = await fillPlaceholders(scope, accountId, files);
  const nobodys = messages.filter((message) => !partiesOf(message).conversation);
  return nobodys.flatMap(({ wamid }) => (here.has(wamid) ? [] : [wamid]));
}

function noted(statuses: number): Stored {
  return { inserted: new Set(), unaddressed: new Set(), statuses };
}
