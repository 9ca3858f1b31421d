import { and, asc, eq } from "drizzle-orm";
import { forDuty } from "#app/process/database.server.ts";
import { ingest } from "#app/whatsapp/ingest/ingest.server.ts";
import { parseWebhook } from "#app/whatsapp/payload/parse-webhook.ts";
import { contactIdentities, contacts, conversations, messageFiles, messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { newCompany } from "./company.ts";
import { fieldWebhook, on, webhook } from "./webhooks.ts";

const RECEIVED_AT = new Date("2025-04-11T05:00:00Z");

/** Seconds after the first moment of a test's story. */
export const at = (seconds: number) => ({ timestamp: String(1744344000 + seconds) });
export const timeAt = (seconds: number) => new Date((1744344000 + seconds) * 1000);

export const ingestBody = (body: unknown) =>
  ingest(forDuty("webhook"), parseWebhook(body, RECEIVED_AT));

/** A company with one number, and what the webhooks to it have made. */
export async function newInbox() {
  const company = await newCompany(db);
  const { companyId, number } = company;
  const contactOfRow = and(
    eq(contacts.companyId, conversations.companyId),
    eq(contacts.id, conversations.contactId),
  );
  return {
    ...company,
    /** Ingests `messages` with more of the value beside them. */
    receive: (sent: unknown[], value: object = {}) =>
      ingestBody(webhook(sent, on(number, { contacts: [], ...value }))),
    /** Ingests a change of another field. */
    receiveField: (field: string, value: object) =>
      ingestBody(
        fieldWebhook(field, {
          metadata: { display_phone_number: "15550109999", phone_number_id: number },
          ...value,
        }),
      ),
    messages: () =>
      db.select().from(messages).where(eq(messages.companyId, companyId)).orderBy(asc(messages.id)),
    message: async (wamid: string) => {
      const [message] = await db
        .select()
        .from(messages)
        .where(and(eq(messages.companyId, companyId), eq(messages.wamid, wamid)));
      if (!message) throw new Error(`There is no message ${wamid}.`);
      return message;
    },
    /** Those of forms. */
    files: () =>
      db
        .select()
        .from(messageFiles)
        .where(eq(messageFiles.companyId, companyId))
        .orderBy(asc(messageFiles.messageId), asc(messageFiles.position)),
    contacts: () =>
      db.select().from(contacts).where(eq(contacts.companyId, companyId)).orderBy(asc(contacts.id)),
    identities: () =>
      db
        .select()
        .from(contactIdentities)
        .where(eq(contactIdentities.companyId, companyId))
        .orderBy(asc(contactIdentities.kind), asc(contactIdentities.value)),
    /** Each conversation's contact, with the wamids in it. */
    conversations: async () => {
      const rows = await db
        .select({ wamid: messages.wamid, contactId: contacts.id, name: contacts.name })
        .from(conversations)
        .innerJoin(contacts, contactOfRow)
        .leftJoin(
          messages,
          and(
            eq(messages.companyId, conversations.companyId),
            eq(messages.conversationId, conversations.id),
          ),
        )
        .where(eq(conversations.companyId, companyId))
        .orderBy(asc(conversations.id), asc(messages.id));
      const byContact = new Map<number, string[]>();
      for (const { contactId, wamid } of rows) {
        byContact.set(contactId, [...(byContact.get(contactId) ?? []), ...(wamid ? [wamid] : [])]);
      }
      return [...byContact.values()];
    },
  };
}
