import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { at, newInbox } from "#tests/support/inbox.ts";
import { text } from "#tests/support/webhooks.ts";

afterAll(closeDatabase);

const PHONE = "15550100001";

describe("a group", () => {
  const post = (wamid: string, fields: object = {}) =>
    text(wamid, { from: PHONE, group_id: "Y2FwaV9ncm91cDox", ...fields });

  it("has a conversation of its own, never a participant's", async () => {
    const inbox = await newInbox();
    await inbox.receive([text("wamid.1"), post("wamid.2")]);
    await inbox.receive([post("wamid.3", { from: "15550100003" }), text("wamid.4")]);
    expect(await inbox.conversations()).toEqual([
      ["wamid.1", "wamid.4"],
      ["wamid.2", "wamid.3"],
    ]);
    const contacts = await inbox.contacts();
    expect(contacts.map(({ kind, waId }) => [kind, waId])).toEqual([
      ["person", PHONE],
      ["group", null],
      ["person", "15550100003"],
    ]);
    expect((await inbox.messages()).map(({ senderContactId }) => senderContactId)).toEqual([
      null,
      contacts[0]?.id,
      contacts[2]?.id,
      null,
    ]);
  });
  it("is called what it was made or renamed as, whenever that is told", async () => {
    const inbox = await newInbox();
    const group_id = "Y2FwaV9ncm91cDox";
    const made = { group_id, type: "group_create", subject: "Tenants", ...at(0) };
    const renamed = (text: string, update_successful: boolean) => ({
      groups: [{ group_id, group_subject: { text, update_successful }, ...at(10) }],
    });
    const names = async () => (await inbox.contacts()).map(({ name }) => name);
    await inbox.receiveField("group_lifecycle_update", { groups: [made] });
    expect(await inbox.conversations()).toEqual([]);
    await inbox.receive([post("wamid.1", at(20))]);
    expect(await names()).toEqual(["Tenants", null]);
    await inbox.receiveField("group_settings_update", renamed("Refused", false));
    await inbox.receiveField("group_settings_update", renamed("Neighbours", true));
    expect(await names()).toEqual(["Neighbours", null]);
    expect(await inbox.conversations()).toEqual([["wamid.1"]]);
  });
});
