import { request } from "undici";
import { expect, it } from "vitest";
import { HEADERS, lookUp, simulatorForTest } from "#simulator/testing/simulator.ts";
import { waitFor } from "#tests/support/wait.ts";
import { connectionFaults } from "./connection.ts";
import type { WithoutHop } from "./kinds/definition.ts";
import { httpFaults } from "./kinds/http.ts";
import { type LookupFaultInput, lookupFaults } from "./lookup.ts";

const ANSWERS: [WithoutHop<LookupFaultInput>, number, RegExp][] = [
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
  [{ kind: "error", code: 368, status: 403 }, 403, /\{"error":\{.*"code":368,"fbtrace_id"/],
  [{ kind: "error", code: 100, subcode: 7 }, 400, /"code":100,"error_subcode":7,/],
  [{ kind: "malformed" }, 200, /^\{"url":"http:\\\/\\\/127\.0\.0\.1$/],
  [{ kind: "malformed", body: "", status: 204 }, 204, /^$/],
  [{ kind: "malformed", body: "null" }, 200, /^null$/],
  [{ kind: "fields" }, 200, /"mime_type":5.*"file_size":"12"/],
  [{ kind: "fields", fields: { url: "data:,x" } }, 200, /^\{"url":"data:,x","mime_type":"image/],
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
  await waitFor(() => expect(simulator.requests.list()).toMatchObject(log));
});

it.each([
  [{ retryAfterSeconds: 7 }, "7"],
  [{ retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" }, "Wed, 21 Oct 2026 07:28:00 GMT"],
  [{ retryAfter: "" }, undefined],
  [{ status: 400 }, undefined],
] as const)("throttled with %j, says when to come back: %s", async (options, expected) => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "lookup", kind: "throttle", ...options });
  const { headers, body } = await request(`${simulator.url}/v23.0/1`, { headers: HEADERS });
  await body.dump();
  expect(headers["retry-after"]).toBe(expected);
  expect(headers["x-business-use-case-usage"]).toBeUndefined();
});

it("throttled, tells of the business's usage too", async () => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "lookup", kind: "throttle", status: 400, regainMinutes: 4 });
  const { headers, body } = await request(`${simulator.url}/v23.0/1`, { headers: HEADERS });
  await body.dump();
  const [[usage]] = Object.values(JSON.parse(`${headers["x-business-use-case-usage"]}`)) as [
    [unknown],
  ];
  expect(usage).toMatchObject({ type: "whatsapp", estimated_time_to_regain_access: 4 });
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
  const elsewhere = Object.keys({ ...connectionFaults, ...httpFaults });
  expect([...tried, ...elsewhere].sort()).toEqual(Object.keys(lookupFaults).sort());
});
