import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { contacts } from "#db/schema.ts";

/** The SQL of what a contact is called, from a contact's columns. */
export function contactName(
  contact: Record<"kind" | "name" | "waId" | "username", AnyPgColumn>,
): SQL<string> {
  const { kind, name, waId, username } = contact;
  return sql<string>`coalesce(nullif(${name}, ''), case when ${kind} = 'group' then 'Group' end, '+' || nullif(${waId}, ''), '@' || nullif(${username}, ''), 'Unknown contact')`;
}

/**
 * SQL that looks up what one contact is called; null where there is none. For few rows. It is no outer
 * join: there PostgreSQL takes the query's company and the policy's for two conditions, expects next to
 * no rows of any index, and may read all of the company's.
 */
export function nameOfContact(companyId: SQLWrapper, contactId: SQLWrapper): SQL<string | null> {
  return sql<
    string | null
  >`(select ${contactName(contacts)} from ${contacts} where ${contacts.companyId} = ${companyId} and ${contacts.id} = ${contactId})`;
}
