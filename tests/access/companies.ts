import { and, eq, sql } from "drizzle-orm";
import { newLink } from "#app/auth/invitation-link.server.ts";
import { setLink } from "#app/models/people/invitations.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { conversations, messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import type { Simulator } from "#simulator/server.ts";
import { addAccount, addCompany, addUser } from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import type { Canaries } from "./canaries.ts";
import type { Parameters } from "./route-paths.ts";

/** Ids of seven digits, by which they stand out of an answer. */
const FIRST_ID = 7_100_000;
const NO_ID = "7999999";

let count = 0;

/** Before any row: those that stand in an address get an id that can be found again in an answer. */
export async function beginAtLargeIds(): Promise<void> {
  for (const table of ["conversations", "messages", "users", "whatsapp_accounts"]) {
    await db.execute(
      sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${FIRST_ID + ++count * 1000})`,
    );
  }
}

/** A company whose every name, address, number and word holds a canary, and the people in it. */
export async function addTargetCompany(canaries: Canaries) {
  const { company, inbox, office } = canaries;
  const scope = await addCompany(db, `Company ${company}`);
  const admin = await addUser(scope, { role: "admin", name: "Ada" });
  const member = await addUser(scope, { name: "Alex" });
  const colleague = await addUser(scope, { name: "Cleo" });
  const near = await addAccount(scope, [member], numberOf(inbox));
  const far = await addAccount(scope, [], numberOf(office));
  const email = `${office.word}@company.test`;
  const bystander = await addUser(scope, { name: `Bystander ${office.word}`, email });
  await signIn(bystander);
  const invited = await addUser(scope, { passwordHash: null });
  const { token, link } = newLink();
  await setLink(scope, invited.id, link);
  return { scope, admin, member, colleague, near, far, bystander, token };
}

/** Its people see their own company's canary. */
export type TargetCompany = Awaited<ReturnType<typeof addTargetCompany>>;
export type StrangeCompany = Awaited<ReturnType<typeof addStrangeCompany>>;

export async function addStrangeCompany({ strange }: Canaries) {
  const scope = await addCompany(db, `Company ${strange.word}`);
  const admin = await addUser(scope, { role: "admin", name: "Sam" });
  const agent = await addUser(scope, { name: "Sol" });
  const account = await addAccount(scope, [agent], numberOf(strange));
  return { scope, admin, agent, account };
}

function numberOf({ word, display, phoneNumberId }: Canaries["inbox"]) {
  return { name: `Number ${word}`, displayPhoneNumber: display, phoneNumberId };
}

/** A customer writes to a number, and sends it a file. @returns what then stands in addresses */
export async function addConversationBy(
  simulator: Simulator,
  { companyId }: CompanyScope,
  { word, phoneNumberId: to, customer: from }: Canaries["inbox"],
) {
  const sender = { to, from, name: `Customer ${word}` };
  await simulator.sendMessage({ kind: "text", ...sender, text: `Text ${word}` });
  const { mediaId } = await simulator.sendMessage({
    ...{ kind: "document", ...sender, caption: `Caption ${word}`, filename: `${word}.pdf` },
  });
  const [found] = await db
    .select({ conversationId: messages.conversationId, messageId: messages.id })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(eq(messages.companyId, companyId), eq(messages.mediaId, mediaId ?? "")));
  if (!found || !mediaId) throw new Error(`The message to ${to} was not stored.`);
  return { ...found, mediaId };
}

/**
 * The company's objects, as another company's people would name them; and such as there are
 * nowhere, in the same shape.
 */
export function parametersOf(
  target: Awaited<ReturnType<typeof addTargetCompany>>,
  {
    conversationId,
    messageId,
    mediaId,
  }: { conversationId: number; messageId: number; mediaId: string },
  strangeCompanyId: number,
): Record<"real" | "foreign" | "missing", Parameters> {
  const real = {
    conversationId: `${conversationId}`,
    messageId: `${messageId}`,
    accountId: `${target.near.id}`,
    userId: `${target.bystander.id}`,
    mediaId,
    link: `${target.scope.companyId}.${target.token}`,
  };
  return {
    real,
    // A link names its company: the token's own would be the very thing to invite by.
    foreign: { ...real, link: `${strangeCompanyId}.${target.token}` },
    missing: {
      ...{ conversationId: NO_ID, messageId: NO_ID, accountId: NO_ID, userId: NO_ID },
      mediaId: mediaId.replace(/\d/g, "9"),
      link: `${strangeCompanyId}.${newLink().token}`,
    },
  };
}
