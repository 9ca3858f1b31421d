import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addConversation, addInbox } from "#tests/support/rows.server.ts";
import { daysLater, type Inbox, search } from "./testing/search.server.ts";

afterAll(closeDatabase);

describe("searching contacts", () => {
  let inbox: Inbox;
  beforeAll(async () => {
    inbox = await addInbox(db, {
      name: "Ana-Maria O'Neil Ångström",
      username: "ana.test",
      waId: "4915550100001",
    });
    await addConversation(inbox.scope, inbox.account, {
      contact: { name: "Ben", waId: "15550209999" },
    });
  });

  it.each([
    ...["ana", "ANA", "ana-maria", "ana-ma", "maria", "maria an", "o'neil", "O'Ne", "Ångs"],
    ...[
      "+49 1555 010 0001",
      "01555 010",
      "(0)1555-0100",
      "+49 (0) 1555",
      "0049 155",
      "0001",
      "501 00",
    ],
    ...["ana.te", '"ana-maria o\'neil"', "ana or zoe", "ana -ben"],
  ])("finds one contact by %j", async (typed) => {
    const { contacts } = await search(inbox, typed);
    expect(contacts).toMatchObject([
      {
        id: inbox.conversation.id,
        contactName: "Ana-Maria O'Neil Ångström",
        waId: "4915550100001",
      },
    ]);
  });

  it.each(["zoe", "ana zoe", "na", "ana -maria", "7", "77777", "555", "5010", '"maria ana"'])(
    "finds none by %j",
    async (typed) => {
      expect((await search(inbox, typed)).contacts).toEqual([]);
    },
  );

  it("shows the ten that were active last, and no contact whose conversation has no line", async () => {
    const { scope, account, conversation } = await addInbox(db, { name: "Lucía 0" });
    const added = [conversation.id];
    for (let i = 1; i <= 10; i++) {
      const contact = { name: `Lucía ${i}` };
      const lastMessageAt = daysLater(i);
      added.push((await addConversation(scope, account, { contact, lastMessageAt })).id);
    }
    await addConversation(scope, account, { contact: { name: "Lucía" }, lastMessageAt: null });
    const { contacts } = await search({ scope, account }, "lucía");
    expect(contacts.map(({ id }) => id)).toEqual(added.slice(1).reverse());
  });
});
