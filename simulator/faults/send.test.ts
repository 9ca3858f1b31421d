import { expect, it } from "vitest";
import { ACME, CUSTOMER, post, statusesIn } from "#simulator/testing/business.ts";
import { simulatorForTest, webhookForTest } from "#simulator/testing/simulator.ts";
import { waitFor } from "#tests/support/wait.ts";
import { connectionFaults } from "./connection.ts";
import type { WithoutHop } from "./kinds/definition.ts";
import { httpFaults } from "./kinds/http.ts";
import { type SendFaultInput, sendFaults } from "./send.ts";

/** Each with its status, the code or body that it answers, and whether the message was taken. */
const ANSWERS: [WithoutHop<SendFaultInput>, number, RegExp, boolean][] = [
  [{ kind: "none" }, 200, /"id":"wamid/, true],
  [{ kind: "refuse" }, 400, /"code":131026/, false],
  [{ kind: "refuse", code: 131047 }, 400, /"code":131047.*more than 24 hours/, false],
  [{ kind: "refuse", code: 131031 }, 403, /"code":131031/, false],
  [{ kind: "refuse", code: 131056 }, 400, /"code":131056/, false],
  [{ kind: "throttle" }, 429, /"code":130429/, false],
  [{ kind: "throttle", status: 400, code: 4 }, 400, /"code":4,/, false],
  [{ kind: "tokenExpired" }, 401, /"code":190,"error_subcode":463/, false],
  [{ kind: "permission" }, 403, /"code":10,/, false],
  [{ kind: "serverError" }, 500, /"code":131000/, false],
  [{ kind: "serverError", status: 502 }, 502, /^<!DOCTYPE html>/, false],
  [{ kind: "serverError", accepted: true }, 500, /"code":131000/, true],
  [{ kind: "error", code: 368, status: 403 }, 403, /"code":368/, false],
  [{ kind: "malformed", body: "<html>" }, 200, /^<html>$/, true],
  [{ kind: "malformed", body: "", accepted: false }, 200, /^$/, false],
  [{ kind: "fields", fields: { messages: [] } }, 200, /"messages":\[\]/, true],
  [{ kind: "failLater" }, 200, /"id":"wamid/, true],
  [{ kind: "noStatuses" }, 200, /"id":"wamid/, true],
];

it.each(ANSWERS)("%j answers %i with %s; taken: %s", async (settings, status, body, isTaken) => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "send", ...settings } as SendFaultInput);
  const { url } = simulator;
  const response = await fetch(`${url}/v23.0/${ACME}/messages`, message());
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(body);
  expect(simulator.chats().flatMap(({ messages }) => messages)).toHaveLength(isTaken ? 1 : 0);
  expect(simulator.requests.list()).toMatchObject([{ role: "send", fault: settings.kind }]);
});

it.each([
  [{ kind: "hangUp", ending: "rst", accepted: false }, false],
  [{ kind: "hangUp", ending: "rst" }, true],
  [{ kind: "truncate", afterBytes: 10 }, true],
  [{ kind: "never", accepted: false }, false],
  [{ kind: "never" }, true],
] as [WithoutHop<SendFaultInput>, boolean][])(
  "%j ends without an answer; taken: %s",
  async (settings, isTaken) => {
    const simulator = await simulatorForTest();
    simulator.faults.add({ on: "send", ...settings } as SendFaultInput);
    const client = new AbortController();
    const url = `${simulator.url}/v23.0/${ACME}/messages`;
    const answered = fetch(url, { ...message(), signal: client.signal }).then((r) => r.text());
    answered.catch(() => {});
    await waitFor(() => expect(simulator.requests.list()[0]?.fault).toBe(settings.kind));
    if (settings.kind === "never") client.abort();
    await expect(answered).rejects.toThrow();
    expect(simulator.chats()).toHaveLength(isTaken ? 1 : 0);
  },
);

it("tells by webhook that a message failed, with the code", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  simulator.faults.add({ on: "send", kind: "failLater", code: 131047, times: 1 });
  simulator.faults.add({ on: "send", kind: "noStatuses", times: 1 });
  await post(simulator);
  await post(simulator);
  await simulator.statusesDelivered();
  expect(statusesIn(webhook.received)).toMatchObject([
    { status: "failed", errors: [{ code: 131047, title: "Re-engagement message" }] },
  ]);
});

it("keeps a fault for one customer to messages for them", async () => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "send", kind: "refuse", recipient: CUSTOMER });
  expect((await post(simulator)).status).toBe(400);
  expect((await post(simulator, { to: "+15550100143" })).status).toBe(200);
});

it("refuses a fault with a code that no message meets", async () => {
  const simulator = await simulatorForTest();
  const unknown = { on: "send", kind: "refuse", code: 7 } as const;
  expect(() => simulator.faults.add(unknown)).toThrow(/is none of/);
});

it("tries every kind that there is", () => {
  const tried = new Set(ANSWERS.map(([{ kind }]) => kind));
  const elsewhere = Object.keys({ ...connectionFaults, ...httpFaults });
  expect([...tried, ...elsewhere].sort()).toEqual(Object.keys(sendFaults).sort());
});

function message() {
  const body = { messaging_product: "whatsapp", to: `+${CUSTOMER}`, text: { body: "Hello" } };
  const headers = { authorization: "Bearer invented-token", "content-type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify(body) };
}
