import { sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { locks } from "../advisory-locks.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { ContactPlan, ContactPlans } from "./contact-plans.ts";
import { phoneOf } from "./contact-writes.server.ts";
import type { KnownIdentities, KnownIdentity } from "./find-known.server.ts";
import { identityKey } from "./identities.ts";

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
  const people = plans.map((plan, position) => {
    const { kind, name, username, needsConversation: in_conversation } = plan;
    return { position, kind, name, username, in_conversation, wa_id: phoneOf(plan) };
  });
  const names = plans.flatMap(({ gained }, position) =>
    gained.map(({ kind, value }) => ({ position, kind, value })),
  );
  const keys = plans.flatMap(({ gained }) => gained.map(identityKey));
  const added = await rows<{ position: number; id: number; conversation_id: number | null }>(
    db,
    sql`
      with locks as materialized (${locks(companyId, "identities", keys)}),
      people as materialized (
        select input.*, nextval(pg_get_serial_sequence('contacts', 'id')) as id
        from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as input (position int, kind text,
          wa_id text, name text, username text, in_conversation boolean)
        where (select count(*) from locks) > 0
      ), added as (
        insert into contacts (company_id, id, kind, wa_id, name, username)
        overriding system value
        select ${companyId}, id, kind, wa_id, name, username from people
      ), named as (
        insert into contact_identities (company_id, kind, value, contact_id)
        select ${companyId}, names.kind, names.value, people.id
        from jsonb_to_recordset(${JSON.stringify(names)}::jsonb)
          as names (position int, kind text, value text)
        join people on people.position = names.position
      ), opened as (
        insert into conversations (company_id, account_id, contact_id)
        select ${companyId}, ${accountId}, id from people where in_conversation
        returning id, contact_id
      )
      select people.position, people.id::float8, opened.id::float8 as conversation_id
      from people left join opened on opened.contact_id = people.id`,
  );
  return new Map(
    added.flatMap(({ position, id, conversation_id: conversationId }) => {
      const { name = null, username = null, gained = [] } = plans[position] ?? {};
      const contact = { id, name, username, conversationId, lastMessageAt: null };
      return gained.map((identity): [string, KnownIdentity] => [
        identityKey(identity),
        { ...identity, contact, endedAt: null },
      ]);
    }),
  );
}
