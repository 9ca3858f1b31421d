import { type SQL, sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { anyOf } from "../any-of.ts";
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
  return account && { accountId: account.account_id, known: byKey(found) };
}

/** @returns those of the identities that belong to a contact, by their keys */
export async function findIdentities(
  scope: CompanyScope,
  accountId: number,
  identities: readonly Identity[],
): Promise<KnownIdentities> {
  return byKey(await find(scope, sql`a.id = ${accountId}`, identities));
}

interface Row {
  account_id: number;
  kind: Identity["kind"] | null;
  value: string;
  ended_ms: number | null;
  contact_id: number;
  name: string | null;
  username: string | null;
  conversation_id: number | null;
  last_message_ms: number | null;
}

/**
 * Written out, because every webhook asks it and the query builder takes longer than the database.
 * With their limits the inner queries stay look-ups by key, also while the planner knows nothing
 * about the tables yet.
 */
function find(
  { db, companyId }: CompanyScope,
  account: SQL,
  identities: readonly Identity[],
): Promise<Row[]> {
  const values = identities.map(({ value }) => value);
  return rows<Row>(
    db,
    sql`
      select a.id::float8 as account_id, i.kind, i.value,
        round(extract(epoch from i.ended_at) * 1000)::float8 as ended_ms,
        c.id::float8 as contact_id, c.name, c.username, v.id::float8 as conversation_id,
        round(extract(epoch from v.last_message_at) * 1000)::float8 as last_message_ms
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

function byKey(found: readonly Row[]): KnownIdentities {
  const known = new Map<string, KnownIdentity>();
  for (const { kind, value, ended_ms, contact_id: id, ...row } of found) {
    if (kind === null) continue;
    const contact = {
      id,
      name: row.name,
      username: row.username,
      conversationId: row.conversation_id,
      lastMessageAt: dateOf(row.last_message_ms),
    };
    known.set(identityKey({ kind, value }), { kind, value, contact, endedAt: dateOf(ended_ms) });
  }
  return known;
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
