import { request } from "undici";
import { expect, it, vi } from "vitest";
import { HEADERS, lookUp, simulatorForTest } from "../testing/simulator.ts";
import { type LookupFaultInput, lookupFaults } from "./lookup.ts";

type Settings = LookupFaultInput extends infer Fault
  ? Fault extends LookupFaultInput
    ? Omit<Fault, "on">
    : never
  : never;

const ANSWERS: [Settings, number, RegExp][] = [
  [{ kind: "none" }, 200, /"file_size":10/],
  [{ kind: "gone" }, 400, /"code":100,"error_subcode":33/],
  [{ kind: "throttle" }, 429, /"code":130429/],
  [{ kind: "throttle", status: 400 }, 400, /"code":130429.*"error_subcode":2494055/],
  [{ kind: "throttle", code: 4 }, 429, /"code":4,/],
  [{ kind: "tokenExpired" }, 401, /"code":190,"error_subcode":463/],
  [{ kind: "permission" }, 403, /"code":10,/],
  [{ kind: "serverError" }, 500, /"code":131000/],
  [{ kind: "serverError", status: 503 }, 503, /"code":2,/],
  [{ kind: "serverError", status: 502 }, 502, /^<!DOCTYPE html>/],
  [{ kind: "slow", ms: 20 }, 200, /"file_size":10/],
  [{ kind: "malformed" }, 200, /^\{"url":"http:\\\/\\\/127\.0\.0\.1$/],
  [{ kind: "wrongHost" }, 200, /"https:\\\/\\\/media.elsewhere.test\\\/whatsapp_business/],
];

it.each(ANSWERS)("%j answers %i", async (settings, status, body) => {
  const simulator = await simulatorForTest();
  const { id } = await simulator.media.add({ syntheticBytes: 10, mimeType: "image/png" });
  simulator.faults.add({ on: "lookup", ...settings } as LookupFaultInput);
  const response = await request(`${simulator.url}/v23.0/${id}`, { headers: HEADERS });
  expect(response.statusCode).toBe(status);
  expect(await response.body.text()).toMatch(body);
  const log = [{ fault: settings.kind, outcome: "finished" }];
  await vi.waitFor(() => expect(simulator.requests.list()).toMatchObject(log));
});

it("says with 429 when to come back, but not with 400", async () => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "lookup", kind: "throttle", retryAfterSeconds: 7, times: 1 });
  simulator.faults.add({ on: "lookup", kind: "throttle", status: 400 });
  const ask = () => request(`${simulator.url}/v23.0/1`, { headers: HEADERS });
  const [late, silent] = [await ask(), await ask()];
  await Promise.all([late.body.dump(), silent.body.dump()]);
  expect(late.headers["retry-after"]).toBe("7");
  expect(silent.headers["retry-after"]).toBeUndefined();
});

it("never answers, until the client leaves", async () => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "lookup", kind: "never" });
  const client = new AbortController();
  const url = `${simulator.url}/v23.0/1`;
  const answer = request(url, { headers: HEADERS, signal: client.signal });
  await vi.waitFor(() => expect(simulator.requests.open()).toHaveLength(1));
  client.abort();
  await expect(answer).rejects.toThrow();
  await vi.waitFor(() => expect(simulator.requests.open()).toHaveLength(0));
  expect(simulator.requests.list()).toMatchObject([{ status: null, outcome: "client-closed" }]);
});

it("heals after the given number of requests", async () => {
  const simulator = await simulatorForTest();
  const { id } = await simulator.media.add({ syntheticBytes: 10, mimeType: "image/png" });
  simulator.faults.replace([{ on: "lookup", kind: "gone", mediaId: id, times: 2 }]);
  expect(await lookUp(simulator, id)).toHaveProperty("error");
  expect(await lookUp(simulator, id)).toHaveProperty("error");
  expect(await lookUp(simulator, id)).toHaveProperty("url");
});

it("tries every kind that there is", () => {
  const tried = new Set(ANSWERS.map(([{ kind }]) => kind));
  expect([...tried, "never"].sort()).toEqual(Object.keys(lookupFaults).sort());
});
