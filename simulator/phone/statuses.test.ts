import { expect, it } from "vitest";
import { ACME, CUSTOMER, post, statusesIn } from "#simulator/testing/business.ts";
import { simulatorForTest, webhookForTest } from "#simulator/testing/simulator.ts";
import { signBody } from "./signature.ts";

async function business() {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  simulator.configure({ statusDelayMs: 1 });
  const statuses = async () => {
    await simulator.statusesDelivered();
    return statusesIn(webhook.received);
  };
  return { simulator, webhook, statuses };
}

it("tells sent, then delivered, and read once the customer opens the chat", async () => {
  const { simulator, webhook, statuses } = await business();
  const { body } = await post(simulator, { biz_opaque_callback_data: "key-1" });
  const id = body.messages?.[0]?.id;
  expect((await statuses()).map(({ status }) => status)).toEqual(["sent", "delivered"]);
  await simulator.openChat(ACME, CUSTOMER);
  await simulator.openChat(ACME, CUSTOMER);
  const told = await statuses();
  expect(told.map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
  for (const one of told) {
    expect(one).toMatchObject({ id, recipient_id: CUSTOMER, biz_opaque_callback_data: "key-1" });
    expect(one.timestamp).toMatch(/^\d{10}$/);
  }
  const [{ headers, raw } = expect.fail("nothing came")] = webhook.received;
  expect(headers["x-hub-signature-256"]).toBe(signBody("invented-secret", raw));
});

it("leaves out what the message didn't have, and names a user by their id", async () => {
  const { simulator, statuses } = await business();
  const recipient = "US.13491208655302741918";
  await post(simulator, { to: undefined, recipient });
  const [sent] = await statuses();
  expect(sent).not.toHaveProperty("biz_opaque_callback_data");
  expect(sent).not.toHaveProperty("recipient_id");
  expect(sent).toMatchObject({ status: "sent", recipient_user_id: recipient });
});

it("waits with delivered until sent has arrived", async () => {
  const webhook = await webhookForTest(500, 200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url, retryDelaysMs: [5] });
  await post(simulator);
  await simulator.statusesDelivered();
  const told = statusesIn(webhook.received).map(({ status }) => status);
  expect(told).toEqual(["sent", "sent", "delivered"]);
});

it("tells nothing when told to keep quiet", async () => {
  const { simulator, statuses } = await business();
  simulator.configure({ statuses: false });
  await post(simulator);
  await simulator.openChat(ACME, CUSTOMER);
  expect(await statuses()).toEqual([]);
});
