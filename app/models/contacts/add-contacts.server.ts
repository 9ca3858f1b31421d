import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { orNull, selection } from "#db/raw-sql/selection.server.ts";
import { columnsBut, type WrittenRow } from "#db/raw-sql/written-columns.server.ts";
import { contactIdentities, contacts, conversations } from "#db/schema.ts";
import { locks } from "../advisory-locks.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { ContactPlan, ContactPlans } from "./contact-plans.ts";
import { phoneOf } from "./contact-writes.server.ts";
import type { KnownIdentities, KnownIdentity } from "./find-known.server.ts";
import { type Identity, identityKey } from "./identities.ts";

/** The plans to add, if they add contacts that nobody knew and change nothing else. */
export function onlyNew(
  { all, merges }: ContactPlans,
  known: KnownIdentities,
): ContactPlan[] | undefined {
  const plans = [...all];
  const isOnlyNew = plans.every(({ contact, name, username, needsConversation, gained }) =>
    contact
      ? gained.length === 0 &&
        !needsConversation &&
        name === contact.name &&
        username === contact.username
      : gained.every((identity) => !known.has(identityKey(identity))),
  );
  return merges.length === 0 && isOnlyNew ? plans.filter(({ contact }) => !contact) : undefined;
}

/**
 * Adds contacts with their identities and conversations, in one statement.
 *
 * @returns their identities
 * @throws a unique violation when one of them has been added since it was looked for
 */
export async function addNewContacts(
  { db, companyId }: CompanyScope,
  accountId: number,
  plans: readonly ContactPlan[],
): Promise<KnownIdentities> {
  if (plans.length === 0) return new Map();
  const people = plans.map((plan, position) => ({
    ...personRow(plan),
    position,
    in_conversation: plan.needsConversation,
  }));
  const names = plans.flatMap(({ gained }, position) =>
    gained.map((identity) => ({ ...identityRow(identity), position })),
  );
  const keys = plans.flatMap(({ gained }) => gained.map(identityKey));
  const added = await rows(
    db,
    ADDED,
    sql`
      with locks as materialized (${locks(companyId, "identities", keys)}),
      people as materialized (
        select input.*, nextval(pg_get_serial_sequence('contacts', 'id')) as id
        from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as input (
          position int, in_conversation boolean, ${PERSON.definitions})
        where (select count(*) from locks) > 0
      ), added as (
        insert into contacts (company_id, id, ${PERSON.names})
        overriding system value
        select ${companyId}, id, ${PERSON.values()} from people
      ), named as (
        insert into contact_identities (company_id, contact_id, ${IDENTITY.names})
        select ${companyId}, people.id, ${IDENTITY.values("names")}
        from jsonb_to_recordset(${JSON.stringify(names)}::jsonb)
          as names (position int, ${IDENTITY.definitions})
        join people on people.position = names.position
      ), opened as (
        insert into conversations (company_id, account_id, contact_id)
        select ${companyId}, ${accountId}, id from people where in_conversation
        returning id, contact_id
      )
      select ${ADDED.list}
      from people left join opened on opened.contact_id = people.id`,
  );
  return new Map(
    added.flatMap(({ position, id, conversationId }) => {
      const { name = null, username = null, gained = [] } = plans[position] ?? {};
      const contact = { id, name, username, conversationId, lastMessageAt: null };
      return gained.map((identity): [string, KnownIdentity] => [
        identityKey(identity),
        { ...identity, contact, endedAt: null },
      ]);
    }),
  );
}

const ADDED = selection({
  position: sql<number>`people.position`,
  id: alias(contacts, "people").id,
  conversationId: orNull(alias(conversations, "opened").id),
});

const PERSON = columnsBut(contacts, ["companyId", "id", "createdAt"]);
const IDENTITY = columnsBut(contactIdentities, ["companyId", "contactId", "endedAt"]);

function personRow(plan: ContactPlan): WrittenRow<typeof PERSON> {
  const { kind, name, username } = plan;
  return { kind, name, username, waId: phoneOf(plan) };
}

function identityRow({ kind, value }: Identity): WrittenRow<typeof IDENTITY> {
  return { kind, value };
}
