import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { orNull, type RowOf, selection } from "#db/raw-sql/selection.server.ts";
import { contactIdentities, contacts, conversations, whatsappAccounts } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { type Identity, identityKey } from "./identities.ts";

export interface KnownContact {
  id: number;
  name: string | null;
  username: string | null;
  /** Their conversation with the account that was asked for. */
  conversationId: number | null;
  lastMessageAt: Date | null;
}

export interface KnownIdentity extends Identity {
  contact: KnownContact;
  /** When the contact gave it up. */
  endedAt: Date | null;
}

export type KnownIdentities = ReadonlyMap<string, KnownIdentity>;

/** One of our numbers, and which of the people that a webhook names we know. */
export interface Recognised {
  accountId: number;
  known: KnownIdentities;
}

/** @returns undefined for a number that is none of the company's */
export async function recognise(
  scope: CompanyScope,
  phoneNumberId: string,
  identities: readonly Identity[],
): Promise<Recognised | undefined> {
  const found = await find(scope, sql`a.phone_number_id = ${phoneNumberId}`, identities);
  const [account] = found;
  return account && { accountId: account.accountId, known: byKey(found) };
}

/** @returns those of the identities that belong to a contact, by their keys */
export async function findIdentities(
  scope: CompanyScope,
  accountId: number,
  identities: readonly Identity[],
): Promise<KnownIdentities> {
  return byKey(await find(scope, sql`a.id = ${accountId}`, identities));
}

const a = alias(whatsappAccounts, "a");
const i = alias(contactIdentities, "i");
const c = alias(contacts, "c");
const v = alias(conversations, "v");

const FOUND = selection(
  { accountId: a.id },
  {
    kind: i.kind,
    value: i.value,
    endedAt: i.endedAt,
    contactId: c.id,
    name: c.name,
    username: c.username,
    conversationId: orNull(v.id),
    lastMessageAt: v.lastMessageAt,
  },
);

type Found = RowOf<typeof FOUND>;

/**
 * Written out, because every webhook asks it and the query builder takes longer than the database.
 * With their limits the inner queries stay look-ups by key, also while the planner knows nothing
 * about the tables yet.
 */
function find(
  { db, companyId }: CompanyScope,
  account: SQL,
  identities: readonly Identity[],
): Promise<Found[]> {
  const values = identities.map(({ value }) => value);
  return rows(
    db,
    FOUND,
    sql`
      select ${FOUND.list}
      from whatsapp_accounts a
      left join contact_identities i
        on i.company_id = a.company_id and ${anyOf(sql`i.value`, values)}
      left join lateral (
        select id, name, username from contacts
        where company_id = i.company_id and id = i.contact_id limit 1
      ) c on true
      left join lateral (
        select id, last_message_at from conversations
        where company_id = i.company_id and account_id = a.id and contact_id = i.contact_id limit 1
      ) v on true
      where a.company_id = ${companyId} and ${account}`,
  );
}

function byKey(found: readonly Found[]): KnownIdentities {
  const known = new Map<string, KnownIdentity>();
  for (const row of found) {
    if (row.kind === null) continue;
    const { kind, value } = row;
    const contact = {
      id: row.contactId,
      name: row.name,
      username: row.username,
      conversationId: row.conversationId,
      lastMessageAt: dateOf(row.lastMessageAt),
    };
    known.set(identityKey({ kind, value }), { kind, value, contact, endedAt: dateOf(row.endedAt) });
  }
  return known;
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
