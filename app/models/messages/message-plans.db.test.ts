import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { db } from "#db/testing/owner.ts";
import { scansOf } from "#db/testing/scans.ts";
import { addCompany, addContact, addInbox, addMessage } from "#tests/support/rows.server.ts";
import { listMessages } from "./messages.server.ts";
import { findReplyTarget } from "./reply-target.server.ts";

const CONTACTS = 5_000;
/** With many companies PostgreSQL expects few rows of each, and ours is large. */
const COMPANIES = 200;

afterAll(closeDatabase);

it("whoever wrote, is quoted or reacted is found by their own key, in however large a company", async () => {
  const { scope, conversation } = await addInbox(db);
  // The last of all numbers: what reads them in their order finds it late.
  const writer = await addContact(scope, { waId: "15550299999" });
  const from = { senderContactId: writer.id };
  const quoted = await addMessage(scope, conversation, from);
  const answer = { ...from, replyToWamid: quoted.wamid };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => addMessage(scope, conversation, answer)),
  );
  for (const { wamid: targetWamid } of answers) {
    const reaction = { type: "reaction", body: "👍", targetWamid, hidden: true };
    await addMessage(scope, conversation, { ...from, ...reaction });
  }
  await addManyContacts(scope.companyId);

  await scope.db.transaction(async (tx) => {
    const inside = { ...scope, db: tx };
    const { indexes, tables } = await scansOf(tx, async () => {
      const { messages } = await listMessages(inside, conversation.id);
      expect(messages).toHaveLength(11);
      expect(messages[10]).toMatchObject({
        senderName: writer.name,
        quoted: { senderName: writer.name },
        reactions: [{ from: [{ senderName: writer.name }] }],
      });
      const place = { conversationId: conversation.id, messageId: quoted.id };
      expect(await findReplyTarget(inside, place)).toMatchObject({
        quote: { senderName: writer.name },
      });
    });
    expect(tables).not.toContain("contacts");
    const read = [...indexes].filter(([index]) => index.startsWith("contacts_"));
    expect(read.reduce((sum, [, entries]) => sum + entries, 0)).toBeLessThan(100);
  });
});

async function addManyContacts(companyId: number) {
  for (let i = 0; i < COMPANIES; i++) await addContact(await addCompany(db));
  await rows(
    db,
    sql`insert into contacts (company_id, wa_id, name)
      select ${companyId}, 15550200000 + n, 'Guest ' || n from generate_series(1, ${sql.raw(`${CONTACTS}`)}) n`,
  );
  await rows(db, sql`analyze`);
}
