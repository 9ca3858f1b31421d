import { and, eq } from "drizzle-orm";
import { contactIdentities } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type Draft, type Drafts, draftContacts } from "./drafts.ts";
import { identityKey, uniqueIdentities } from "./identities.ts";
import { lockIdentities } from "./identity-lock.server.ts";
import { findIdentities, type KnownIdentities } from "./known.server.ts";
import { mergeContacts } from "./merge.server.ts";
import { addNewContacts, onlyNew } from "./new.server.ts";
import type { Party } from "./parties.ts";
import {
  addContacts,
  addConversations,
  addIdentities,
  takePhones,
  updateContact,
} from "./writes.server.ts";

/**
 * Adds those of a batch's parties that are new, when nothing else is to be done about any. Call it
 * inside a transaction.
 *
 * @param known as looked up before the transaction
 * @returns all the parties' identities; undefined when it takes openContacts
 * @throws a unique violation when somebody else has added one of them since
 */
export async function openNewContacts(
  scope: CompanyScope,
  accountId: number,
  parties: readonly Party[],
  known: KnownIdentities,
): Promise<KnownIdentities | undefined> {
  // It matters only of a contact that is there, and then these are not only new ones.
  const drafts = await draftContacts(known, parties, async () => false);
  const added = onlyNew(drafts, known);
  if (!added) return undefined;
  return new Map([...known, ...(await addNewContacts(scope, accountId, added))]);
}

/**
 * Makes the contacts and conversations of a batch's parties as they should be: new ones are added,
 * new identities noted, two contacts of one person merged, names brought up to date. Call it
 * inside a transaction, before anything else in it.
 *
 * @returns all the parties' identities, as findIdentities does
 */
export async function openContacts(
  scope: CompanyScope,
  accountId: number,
  parties: readonly Party[],
): Promise<KnownIdentities> {
  const identities = uniqueIdentities(parties.flatMap((party) => party.identities));
  await lockIdentities(scope, identities);
  const known = await findIdentities(scope, accountId, identities);
  const drafts = await draftContacts(known, parties, ({ id }) => hasUserId(scope, id));
  await write(scope, accountId, known, drafts);
  return findIdentities(scope, accountId, identities);
}

async function hasUserId({ db, companyId }: CompanyScope, contactId: number): Promise<boolean> {
  const [found] = await db
    .select({ value: contactIdentities.value })
    .from(contactIdentities)
    .where(
      and(
        eq(contactIdentities.companyId, companyId),
        eq(contactIdentities.contactId, contactId),
        eq(contactIdentities.kind, "user"),
      ),
    )
    .limit(1);
  return found !== undefined;
}

async function write(
  scope: CompanyScope,
  accountId: number,
  known: KnownIdentities,
  { all, merges }: Drafts,
): Promise<void> {
  for (const { keep, drop } of merges) await mergeContacts(scope, keep.id, drop.id);
  const drafts = [...all];
  const gained = drafts.flatMap((draft) => draft.gained);
  await takePhones(
    scope,
    gained.filter((identity) => known.has(identityKey(identity))),
  );
  const added = drafts.filter(({ contact }) => !contact);
  const addedIds = await addContacts(scope, added);
  const ids = new Map(added.map((draft, index) => [draft, addedIds[index]]));
  const idOf = (draft: Draft) => {
    const id = draft.contact?.id ?? ids.get(draft);
    if (id === undefined) throw new Error("A contact has no id, though it was just added.");
    return id;
  };
  await addIdentities(
    scope,
    drafts.flatMap((draft) =>
      draft.gained.map((identity) => ({ ...identity, contactId: idOf(draft) })),
    ),
  );
  const changed = drafts.filter(({ contact }) => contact).sort((a, b) => idOf(a) - idOf(b));
  for (const draft of changed) await updateContact(scope, draft);
  await addConversations(
    scope,
    accountId,
    drafts.filter(({ needsConversation }) => needsConversation).map(idOf),
  );
}
