import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/** The SQL of what a contact is called, from a contact's columns. */
export function contactName(
  contact: Record<"kind" | "name" | "waId" | "username", AnyPgColumn>,
): SQL<string> {
  const { kind, name, waId, username } = contact;
  return sql<string>`coalesce(nullif(${name}, ''), case when ${kind} = 'group' then 'Group' end, '+' || nullif(${waId}, ''), '@' || nullif(${username}, ''), 'Unknown contact')`;
}
