import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import { contactIdentities, contacts, conversations, messages } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";

/**
 * Makes one contact of two, with all their messages and identities: they turned out to be one
 * person. Call it inside a transaction that holds the locks of their identities.
 */
export async function mergeContacts(
  scope: CompanyScope,
  keepId: number,
  dropId: number,
): Promise<void> {
  const { db, companyId } = scope;
  await mergeConversations(scope, keepId, dropId);
  await db
    .update(messages)
    .set({ senderContactId: keepId })
    .where(and(eq(messages.companyId, companyId), eq(messages.senderContactId, dropId)));
  await db
    .update(contactIdentities)
    .set({ contactId: keepId })
    .where(
      and(eq(contactIdentities.companyId, companyId), eq(contactIdentities.contactId, dropId)),
    );
  const [dropped] = await db
    .delete(contacts)
    .where(and(eq(contacts.companyId, companyId), eq(contacts.id, dropId)))
    .returning();
  if (!dropped) return;
  await db
    .update(contacts)
    .set({
      waId: sql`coalesce(${contacts.waId}, ${dropped.waId})`,
      name: sql`coalesce(${contacts.name}, ${dropped.name})`,
      username: sql`coalesce(${contacts.username}, ${dropped.username})`,
    } satisfies Merged<typeof contacts, "kind">)
    .where(and(eq(contacts.companyId, companyId), eq(contacts.id, keepId)));
}

async function mergeConversations(
  { db, companyId }: CompanyScope,
  keepId: number,
  dropId: number,
): Promise<void> {
  // Locked in the order that inserting messages locks them in, so that neither waits in a circle.
  const both = await db
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.companyId, companyId),
        inArray(conversations.contactId, [keepId, dropId]),
      ),
    )
    .orderBy(asc(conversations.id))
    .for("update");
  const kept = new Map(
    both.filter(({ contactId }) => contactId === keepId).map((row) => [row.accountId, row]),
  );
  const one = (id: number) => and(eq(conversations.companyId, companyId), eq(conversations.id, id));
  for (const dropped of both.filter(({ contactId }) => contactId === dropId)) {
    const keep = kept.get(dropped.accountId);
    if (!keep) {
      await db.update(conversations).set({ contactId: keepId }).where(one(dropped.id));
      continue;
    }
    await db
      .update(messages)
      .set({ conversationId: keep.id })
      .where(and(eq(messages.companyId, companyId), eq(messages.conversationId, dropped.id)));
    await db
      .update(conversations)
      .set({
        lastMessageAt: laterOf(conversations.lastMessageAt, dropped.lastMessageAt),
        lastInboundAt: laterOf(conversations.lastInboundAt, dropped.lastInboundAt),
        unreadCount: sql`${conversations.unreadCount} + ${dropped.unreadCount}`,
      } satisfies Merged<typeof conversations, "accountId" | "contactId">)
      .where(one(keep.id));
    await db.delete(conversations).where(one(dropped.id));
  }
}

/** Of two rows' columns all but what both have alike and what tells them apart. */
type Merged<T extends PgTable, Same extends string> = Record<
  Exclude<keyof T["$inferSelect"], "companyId" | "id" | "createdAt" | Same>,
  SQL
>;

function laterOf(column: AnyPgColumn, other: Date | null) {
  return sql`greatest(${column}, ${other?.toISOString() ?? null}::timestamptz)`;
}
