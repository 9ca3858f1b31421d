import { afterAll, describe, expect, it } from "vitest";
import { listConversations } from "#app/models/inbox/conversation-list.server.ts";
import { quarantine } from "#app/models/received/quarantine.server.ts";
import { searchInbox } from "#app/models/search/search.server.ts";
import { searchWords } from "#app/models/search/search-words.ts";
import { closeDatabase, forCompany, forDuty } from "#app/process/database.server.ts";
import { at, newInbox } from "#tests/support/inbox.ts";
import {
  formAnswer,
  history,
  on,
  pickedFile,
  revoke,
  text,
  webhook,
} from "#tests/support/webhooks.ts";
import { replayQuarantine } from "./replay.server.ts";

afterAll(closeDatabase);

const answers = {
  damage: [
    pickedFile("700000000000001"),
    pickedFile("../etc"),
    pickedFile("700000000000002", { file_name: "papers.pdf", mime_type: "application/pdf" }),
    pickedFile("700000000000001"),
  ],
  plate: "AB 123",
};

describe("a form's answer with files", () => {
  it("keeps a name tag of each, once, where it can be asked for", async () => {
    const inbox = await newInbox();
    await inbox.receive([formAnswer("wamid.1", answers), text("wamid.2")]);
    const { id: messageId, createdAt, accountId, ...form } = await inbox.message("wamid.1");
    expect(form).toMatchObject({ type: "interactive", body: "Sent", mediaId: null });
    expect(form.mediaFilename).toBe("damage.jpg, papers.pdf");
    const common = { messageId, accountId, createdAt, size: null, viewedAt: null };
    const sha256 = expect.stringMatching(/^49f22763[0-9a-f]{56}$/);
    expect(await inbox.files()).toEqual([
      {
        ...{ ...common, companyId: inbox.companyId, position: 1, kind: "image", sha256 },
        ...{ mediaId: "700000000000001", mimeType: "image/jpeg", filename: "damage.jpg" },
      },
      {
        ...{ ...common, companyId: inbox.companyId, position: 3, kind: "document", sha256 },
        ...{ mediaId: "700000000000002", mimeType: "application/pdf", filename: "papers.pdf" },
      },
    ]);
  });

  it("is found by the names of its files, and stands in the list by its own words", async () => {
    const inbox = await newInbox();
    await inbox.receive([formAnswer("wamid.1", answers)]);
    const [accountId = 0] = inbox.accountIds;
    const scope = { db: forCompany(inbox.companyId), companyId: inbox.companyId };
    const numbers = { all: [accountId], listed: [accountId], isWholeCompany: true };
    const found = await searchInbox(scope, numbers, searchWords("papers.pdf") ?? expect.fail());
    expect(found.messages).toMatchObject([{ type: "interactive" }]);
    const { conversations } = await listConversations(scope, numbers);
    expect(conversations).toMatchObject([{ lastMessage: { type: "interactive", text: "Sent" } }]);
  });

  it("F14 is stored once, however often and by whatever way it comes", async () => {
    const inbox = await newInbox();
    const form = formAnswer("wamid.1", answers, at(0));
    await Promise.all(Array.from({ length: 5 }, () => inbox.receive([form, form])));
    await inbox.receiveField("history", history("15550100001", [form]));
    const body = Buffer.from(JSON.stringify(webhook([form], on(inbox.number))));
    await quarantine(forDuty("webhook"), [{ reason: "not JSON", body }]);
    await replayQuarantine(forDuty("webhook"));
    expect(await inbox.files()).toHaveLength(2);
    expect(await inbox.messages()).toHaveLength(1);
  });

  it("comes by history sync too", async () => {
    const inbox = await newInbox();
    const form = formAnswer("wamid.1", answers, { from: "15550100001", ...at(0) });
    await inbox.receiveField("history", history("15550100001", [form]));
    expect(await inbox.files()).toHaveLength(2);
  });

  it("keeps none of them when its sender takes it back, in whatever order that comes", async () => {
    const form = formAnswer("wamid.1", answers, at(0));
    const back = revoke("wamid.1", { id: "wamid.2", ...at(10) });
    for (const order of [
      [form, back],
      [back, form],
    ]) {
      const inbox = await newInbox();
      await inbox.receive([formAnswer("wamid.0", answers)]);
      for (const update of order) await inbox.receive([update]);
      const kept = await inbox.message("wamid.0");
      expect(await inbox.files()).toMatchObject([{ messageId: kept.id }, { messageId: kept.id }]);
      expect(await inbox.message("wamid.1")).toMatchObject({ mediaFilename: null, payload: null });
    }
  });

  it("F9 is stored, whatever stands in the place of its files", async () => {
    const inbox = await newInbox();
    const odd = [
      { photos: [pickedFile(null), pickedFile({}), 5, null, "a"] },
      { photos: Array.from({ length: 1_000 }, (_, index) => pickedFile(`${index}`)) },
      { photos: [pickedFile("1", { file_name: "\u0000\ud800", mime_type: "\u0000" })] },
      { photos: [pickedFile("2", { file_name: "x".repeat(300_000) })] },
      "{",
      "[]",
      `{"photos":"${"x".repeat(1_000_000)}"}`,
    ];
    const forms = odd.map((answer, index) => formAnswer(`wamid.${index}`, answer));
    expect(await inbox.receive(forms)).toMatchObject({ quarantined: 0 });
    expect(await inbox.messages()).toHaveLength(odd.length);
    const files = await inbox.files();
    expect(files).toHaveLength(102);
    expect(files.slice(-2)).toMatchObject([
      { mediaId: "1", filename: "\ufffd\ufffd", kind: "document" },
      { mediaId: "2", filename: "x".repeat(256) },
    ]);
  });
});
