import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { addOutgoing } from "#app/models/outgoing/outgoing.server.ts";
import { sessions } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { startApp } from "#tests/support/app/app.ts";
import { createAsk } from "./ask.ts";
import { CANARIES } from "./canaries.ts";
import {
  addConversationBy,
  addStrangeCompany,
  addTargetCompany,
  beginAtLargeIds,
  parametersOf,
  type TargetCompany,
} from "./companies.ts";
import { gatherPeople } from "./people.ts";
import type { FormObjects } from "./posted-forms.ts";

const REFUSAL = { code: 131056, title: "Too many messages", details: null };

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** The app with two companies, what can be asked for of the one, and everybody who asks. */
export async function makeWorld() {
  await beginAtLargeIds();
  const target = await addTargetCompany(CANARIES);
  const strange = await addStrangeCompany(CANARIES);
  const app = await startApp({ seed: false });
  const { scope } = target;
  const conversation = await addConversationBy(app.simulator, scope, CANARIES.inbox);
  await addConversationBy(app.simulator, scope, CANARIES.office);
  await addConversationBy(app.simulator, strange.scope, CANARIES.strange);
  const ask = createAsk(app.url);
  const formObjects: FormObjects = {
    messageId: conversation.messageId,
    failedIds: [await addFailed(target, conversation), await addFailed(target, conversation)],
    sessionId: await sessionOf(target.bystander.id),
    accountId: target.far.id,
    strangeEmail: strange.agent.email,
  };
  return {
    app,
    ask,
    companyId: scope.companyId,
    people: await gatherPeople(ask, target, strange),
    parameters: parametersOf(target, conversation, strange.scope.companyId),
    formObjects,
  };
}

async function addFailed({ scope, colleague }: TargetCompany, place: { conversationId: number }) {
  const text = { type: "text", body: "Hello", replyToWamid: null, file: null } as const;
  const message = { ...text, ...place, key: randomUUID(), sentByUserId: colleague.id };
  const id = await addOutgoing(scope, message, new Date(), REFUSAL);
  if (typeof id !== "number") throw new Error("The reply was not added.");
  return id;
}

async function sessionOf(userId: number): Promise<number> {
  const [session] = await db.select().from(sessions).where(eq(sessions.userId, userId));
  if (!session) throw new Error("They are not signed in.");
  return session.id;
}
