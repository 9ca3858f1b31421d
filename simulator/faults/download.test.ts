import { expect, it } from "vitest";
import { download, fileWith, simulatorForTest } from "#simulator/testing/simulator.ts";
import { waitFor } from "#tests/support/wait.ts";
import { connectionFaults } from "./connection.ts";
import { type DownloadFaultInput, downloadFaults } from "./download.ts";
import type { WithoutHop } from "./kinds/definition.ts";
import { httpFaults } from "./kinds/http.ts";

const TEXT = "0123456789".repeat(1000);
const PART = TEXT.slice(1);

/** What each makes of a request for "bytes=1-". */
const ANSWERS: [
  WithoutHop<DownloadFaultInput>,
  number,
  RegExp | string,
  Record<string, string | undefined>,
][] = [
  [{ kind: "none" }, 206, PART, { "content-length": "9999" }],
  [{ kind: "gone" }, 404, "", { "content-type": "text/html" }],
  [{ kind: "unauthorized" }, 401, /"code":190/, {}],
  [{ kind: "unauthorized", status: 403 }, 403, /"code":190/, {}],
  [{ kind: "throttle", retryAfterSeconds: 7 }, 429, "", { "retry-after": "7" }],
  [{ kind: "throttle", retryAfter: "soon" }, 429, "", { "retry-after": "soon" }],
  [{ kind: "throttle", retryAfter: "" }, 429, "", { "retry-after": undefined }],
  [{ kind: "serverError", status: 503 }, 503, /went wrong/, {}],
  [{ kind: "unasked" }, 206, TEXT, { "content-range": "bytes 0-9999/10000" }],
  [{ kind: "unasked", status: 204 }, 204, "", {}],
  [{ kind: "unasked", status: 205 }, 205, "", {}],
  [{ kind: "unasked", status: 304 }, 304, "", {}],
  [{ kind: "htmlError" }, 200, /went wrong/, { "content-type": 'text/html; charset="utf-8"' }],
  [{ kind: "htmlError", mimeType: "image/jpeg" }, 200, /html/, { "content-type": "image/jpeg" }],
  [{ kind: "jsonError" }, 200, /^\{"error"/, { "content-type": "application/json; charset=UTF-8" }],
  [{ kind: "jsonError", mimeType: "image/jpeg" }, 200, /error/, { "content-type": "image/jpeg" }],
  [{ kind: "wrongType" }, 200, /<script>/, { "content-type": "text/html" }],
  [
    { kind: "wrongType", mimeType: "image/svg+xml" },
    206,
    PART,
    { "content-type": "image/svg+xml", "content-length": "9999" },
  ],
  [{ kind: "otherBeginning", begin: "PK\x03\x04" }, 206, `K\x03\x04${PART.slice(3)}`, {}],
  [{ kind: "wrongHash", position: 1 }, 206, /^\ufffd2345/, { "content-length": "9999" }],
  [{ kind: "endEarly", afterBytes: 5 }, 206, "12345", { "content-length": undefined }],
  [{ kind: "ignoreRange" }, 200, TEXT, { "content-length": "10000" }],
  [{ kind: "unsatisfiable" }, 416, "", { "content-range": "bytes */10000" }],
  [{ kind: "contentRange" }, 206, PART, { "content-range": "bytes 2-9999/10000" }],
  [{ kind: "contentRange", wrong: "end" }, 206, PART, { "content-range": "bytes 1-10000/10001" }],
  [{ kind: "contentRange", wrong: "total" }, 206, PART, { "content-range": "bytes 1-9999/10001" }],
  [{ kind: "contentRange", wrong: "unit" }, 206, PART, { "content-range": "items 1-9999/10000" }],
  [
    { kind: "contentRange", wrong: "reversed" },
    206,
    PART,
    { "content-range": "bytes 9999-0/10000" },
  ],
  [{ kind: "contentRange", wrong: "missing" }, 206, PART, { "content-range": undefined }],
  [{ kind: "otherVersion", sameBytes: true }, 206, PART, { etag: "1" }],
];

it.each(ANSWERS)("%j answers %i", async (settings, status, body, headers) => {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  simulator.faults.add({ on: "download", ...settings } as DownloadFaultInput);
  const response = await download(url, { range: "bytes=1-" });
  const text = await response.body.text();
  expect(response.statusCode).toBe(status);
  if (typeof body === "string") expect(text === body).toBe(true);
  else expect(text).toMatch(body);
  for (const [name, value] of Object.entries(headers)) expect(response.headers[name]).toBe(value);
  await waitFor(() => expect(simulator.requests.list().at(-1)?.outcome).toBe("finished"));
});

it("gets one byte wrong, at the same place for each Range", async () => {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  simulator.faults.add({ on: "download", kind: "wrongHash" });
  const whole = Buffer.from(await (await download(url)).body.arrayBuffer());
  const part = await download(url, { range: "bytes=4990-5009" });
  expect(Buffer.from(await part.body.arrayBuffer())).toEqual(whole.subarray(4990, 5010));
  const wrong = [...whole].filter((byte, index) => byte !== TEXT.charCodeAt(index));
  expect(wrong).toHaveLength(1);
});

it("hands out another file of the same size, whose parts fit together", async () => {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  simulator.faults.add({ on: "download", kind: "otherVersion" });
  const whole = Buffer.from(await (await download(url)).body.arrayBuffer());
  const part = await download(url, { range: "bytes=10-19" });
  expect(whole).toHaveLength(TEXT.length);
  expect(whole.includes("0123456789")).toBe(false);
  expect(Buffer.from(await part.body.arrayBuffer())).toEqual(whole.subarray(10, 20));
});

it("tries every kind that there is", () => {
  const tried = new Set(ANSWERS.map(([{ kind }]) => kind as string));
  const elsewhere = Object.keys({ ...connectionFaults, ...httpFaults });
  expect([...tried, ...elsewhere].sort()).toEqual(Object.keys(downloadFaults).sort());
});
