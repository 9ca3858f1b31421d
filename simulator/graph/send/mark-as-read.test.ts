import { expect, it } from "vitest";
import { ACME, post } from "#simulator/testing/business.ts";
import { simulatorForTest } from "#simulator/testing/simulator.ts";

const markAsRead = (message_id: string, fields: object = {}) => ({
  to: undefined,
  type: undefined,
  text: undefined,
  recipient_type: undefined,
  status: "read",
  message_id,
  ...fields,
});

it("marks a customer's message and all before it as read, also while typing", async () => {
  const simulator = await simulatorForTest();
  const send = () => simulator.sendMessage({ kind: "text", to: ACME });
  await send();
  const { wamid } = await send();
  await send();
  const request = markAsRead(wamid, { typing_indicator: { type: "text" } });
  expect(await post(simulator, request)).toMatchObject({ status: 200, body: { success: true } });
  const [chat] = simulator.chats();
  expect(chat?.messages.map(({ status }) => status)).toEqual(["read", "read", "delivered"]);
});

it("refuses an id that isn't a customer's message, as recorded", async () => {
  const simulator = await simulatorForTest();
  const ours = (await post(simulator)).body.messages?.[0]?.id ?? "";
  for (const id of ["wamid.none", ours]) {
    const { status, body } = await post(simulator, markAsRead(id));
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message: "(#100) Invalid parameter",
      code: 100,
      error_data: { details: "Please check the message ID you have provided." },
    });
  }
});

it.each([{ status: "unread" }, { typing_indicator: { type: "voice" } }])(
  "refuses %j",
  async (fields) => {
    const simulator = await simulatorForTest();
    expect((await post(simulator, markAsRead("wamid.a", fields))).status).toBe(400);
  },
);
