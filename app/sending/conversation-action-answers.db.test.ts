import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { mergeContacts } from "#app/models/contacts/merge-contacts.server.ts";
import { noteStatuses } from "#app/models/received/message-statuses.server.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { graphError, sendJson } from "#tests/support/graph-server.ts";
import { addConversation } from "#tests/support/rows.server.ts";
import { waitFor } from "#tests/support/wait.ts";
import { formOf, refuse, startConversation } from "./testing/conversation.ts";

afterAll(closeDatabase);

describe("what WhatsApp answers", () => {
  it("is told at the message when it refuses, which can then be sent again", async () => {
    let refusing = true;
    await using page = await startConversation({
      message: (_, res) =>
        refusing
          ? sendJson(res, 400, graphError(131056))
          : sendJson(res, 200, { messages: [{ id: `wamid.${randomUUID()}` }] }),
    });
    expect(await page.send()).toMatchObject({ status: 303 });
    const [failed] = await page.ours();
    expect(failed).toMatchObject({ delivery: { status: "failed", errorCode: 131056 } });
    refusing = false;
    const again = formOf({ intent: "retry", message: String(failed?.id) });
    const query = "?before=9&reveal=3&file=71";
    const answers = await Promise.all([page.post(again, { query }), page.post(again, { query })]);
    expect(answers).toMatchObject([
      { status: 303, location: `/conversations/${page.conversation.id}?before=9` },
      { status: 303 },
    ]);
    expect(page.asked).toHaveLength(2);
    expect(await page.ours()).toMatchObject([{ isLocal: false, delivery: null }]);
  });

  it("leaves a message unconfirmed when it is missing, until a status tells", async () => {
    await using page = await startConversation({ message: (_, _res, req) => req.socket.destroy() });
    await page.send();
    expect(await page.ours()).toMatchObject([{ delivery: { status: "unconfirmed" } }]);
    const sentWithKey = String(page.asked[0]?.biz_opaque_callback_data);
    const status = { wamid: "wamid.late", recipient: "", status: "delivered", at: new Date() };
    const noError = { errorCode: null, errorTitle: null, errorDetails: null };
    await noteStatuses(page.scope, page.account.id, [{ ...status, ...noError, sentWithKey }]);
    expect(await page.ours()).toMatchObject([
      { isLocal: false, delivery: { status: "delivered" } },
    ]);
    expect(page.asked).toHaveLength(1);
  });

  it("counts for nothing when a status has told more by then", async () => {
    await using page = await startConversation({
      message: async (body, res) => {
        const { id } = page.account;
        const key = String(body.biz_opaque_callback_data);
        const status = { wamid: "wamid.early", recipient: "", status: "read", at: new Date() };
        const noError = { errorCode: null, errorTitle: null, errorDetails: null };
        await noteStatuses(page.scope, id, [{ ...status, ...noError, sentWithKey: key }]);
        sendJson(res, 500, graphError(131000));
      },
    });
    await page.send();
    expect(await page.ours()).toMatchObject([{ isLocal: false, delivery: { status: "read" } }]);
  });

  it("finds a message whose conversation was merged into another meanwhile", async () => {
    await using page = await startConversation({
      message: async (_, res) => {
        await mergeContacts(page.scope, kept.contactId, page.conversation.contactId);
        sendJson(res, 200, { messages: [{ id: "wamid.merged" }] });
      },
    });
    const kept = await addConversation(page.scope, page.account);
    await page.send();
    expect(await page.ours(kept.id)).toMatchObject([{ isLocal: false, delivery: null }]);
    expect(await page.send({ text: "More" })).toMatchObject({ status: 404 });
  });

  it("F30 flags a number whose access token it refuses", async () => {
    await using page = await startConversation({
      message: (_, res) => sendJson(res, 401, graphError(190)),
    });
    await page.send();
    expect(page.refused).toEqual(["HTTP 401, code 190"]);
    expect(await page.ours()).toMatchObject([{ delivery: { status: "failed", errorCode: 190 } }]);
  });

  it("is not waited for when WhatsApp doesn't take a read mark", async () => {
    await using page = await startConversation();
    const read = formOf({ intent: "read", through: String(page.received.id) });
    expect(await page.post(read, { query: "?q=a" })).toMatchObject({
      status: 303,
      location: `/conversations/${page.conversation.id}?q=a`,
    });
    expect(await page.post(read)).toMatchObject({ status: 303 });
    await waitFor(() => expect(page.asked).toHaveLength(1));
  });
});

it("a message that failed is discarded, and gone from the page", async () => {
  await using page = await startConversation(refuse(131026));
  await page.send();
  const [failed] = await page.ours();
  const gone = formOf({ intent: "discard", message: String(failed?.id) });
  expect(await page.post(gone)).toMatchObject({ status: 303 });
  expect(await page.post(gone)).toMatchObject({ status: 303 });
  expect(await page.ours()).toEqual([]);
});
