import { and, eq, like, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/open.server.ts";
import { contacts, conversations, messages } from "#db/schema.ts";
import type { Burst } from "./webhook-burst.ts";

/**
 * Expects every message of the burst in its sender's conversation, once, and one contact and one
 * conversation for each sender.
 *
 * @param prefix the burst's; the database may hold others
 */
export async function expectExactlyOnce(
  db: Db,
  prefix: string,
  { senders }: Pick<Burst, "senders">,
): Promise<void> {
  const rows = await storedMessages(db, prefix);
  // Compared as text and by number first: a difference of thousands of rows takes minutes to print.
  expect(rows.length).toBe(senders.size);
  expect(new Set(rows.map(({ wamid }) => wamid)).size).toBe(senders.size);
  expect(rows.filter(({ wamid, waId }) => senders.get(wamid) !== waId)).toEqual([]);

  const people = new Set(senders.values());
  const of = <T>(pick: (row: (typeof rows)[number]) => T) => new Set(rows.map(pick)).size;
  expect(of(({ conversationId }) => conversationId)).toBe(people.size);
  const known = (await db.select({ waId: contacts.waId }).from(contacts)).filter(({ waId }) =>
    people.has(waId ?? ""),
  );
  expect(known.length).toBe(people.size);
}

/** The burst's messages that are committed, with whose conversation each is in. */
export async function storedMessages(db: Db, prefix: string) {
  // As autovacuum does within a minute; until then the planner takes the tables for empty.
  await db.execute(sql`analyze`);
  return db
    .select({ wamid: messages.wamid, waId: contacts.waId, conversationId: conversations.id })
    .from(messages)
    .innerJoin(
      conversations,
      and(
        eq(conversations.companyId, messages.companyId),
        eq(conversations.id, messages.conversationId),
      ),
    )
    .innerJoin(
      contacts,
      and(
        eq(contacts.companyId, conversations.companyId),
        eq(contacts.id, conversations.contactId),
      ),
    )
    .where(like(messages.wamid, `wamid.${prefix}.%`));
}
