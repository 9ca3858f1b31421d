import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import type { DutyDb } from "#db/handles.server.ts";
import { conversations, messageStatuses, messages } from "#db/schema.ts";
import { addInbox, addUser } from "#tests/support/rows.server.ts";
import { addOutgoing, type NewOutgoing } from "../outgoing.server.ts";
import type { Refusal } from "../outgoing-message.ts";

export const NOW = new Date();
export const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** For tests: a company with one conversation and an agent who writes to it. */
export async function addOutbox(db: DutyDb) {
  const inbox = await addInbox(db);
  const { scope, account, conversation } = inbox;
  const { companyId } = scope;
  const agent = await addUser(scope);
  const newMessage = (fields: Partial<NewOutgoing> = {}): NewOutgoing => ({
    conversationId: conversation.id,
    key: randomUUID(),
    sentByUserId: agent.id,
    type: "text",
    body: "Hello",
    replyToWamid: null,
    file: null,
    ...fields,
  });
  return {
    ...inbox,
    agent,
    newMessage,
    /** Adds one that is being sent, or that failed. */
    async send(fields: Partial<NewOutgoing> = {}, failure?: Refusal) {
      const sent = newMessage(fields);
      const id = await addOutgoing(scope, sent, NOW, failure);
      if (typeof id !== "number") throw new Error("The message was not added.");
      return { key: sent.key, messageId: id, conversationId: conversation.id };
    },
    messages: () =>
      db
        .select()
        .from(messages)
        .where(eq(messages.companyId, companyId))
        .orderBy(asc(messages.sentAt), asc(messages.id)),
    statuses: () =>
      db
        .select()
        .from(messageStatuses)
        .where(
          and(eq(messageStatuses.companyId, companyId), eq(messageStatuses.accountId, account.id)),
        )
        .orderBy(asc(messageStatuses.wamid)),
    async conversationRow() {
      const [row] = await db
        .select()
        .from(conversations)
        .where(and(eq(conversations.companyId, companyId), eq(conversations.id, conversation.id)));
      return row;
    },
  };
}
