import { gunzipSync } from "node:zlib";
import { expect, it, vi } from "vitest";
import { download, fileWith, HEADERS, simulatorForTest } from "../testing/simulator.ts";
import { type DownloadFaultInput, downloadFaults } from "./download.ts";

type Settings = DownloadFaultInput extends infer Fault
  ? Fault extends DownloadFaultInput
    ? Omit<Fault, "on">
    : never
  : never;

const TEXT = "0123456789".repeat(1000);

const ANSWERS: [Settings, number, RegExp | string, Record<string, string | undefined>][] = [
  [{ kind: "none" }, 206, TEXT.slice(1), { "content-length": "9999" }],
  [{ kind: "gone" }, 404, "", { "content-type": "text/html" }],
  [{ kind: "unauthorized" }, 401, /"code":190/, {}],
  [{ kind: "serverError", status: 503 }, 503, /went wrong/, {}],
  [{ kind: "slow", ms: 20 }, 206, TEXT.slice(1), {}],
  [{ kind: "wrongType" }, 200, /<script>/, { "content-type": "text/html" }],
  [
    { kind: "wrongType", mimeType: "image/svg+xml" },
    206,
    TEXT.slice(1),
    { "content-type": "image/svg+xml", "content-length": "9999" },
  ],
  [{ kind: "htmlError" }, 200, /went wrong/, { "content-type": 'text/html; charset="utf-8"' }],
  [{ kind: "trickle", bytesPerSecond: 100_000 }, 206, TEXT.slice(1), {}],
  [{ kind: "redirect", location: "http://a.test/" }, 302, "", { location: "http://a.test/" }],
  [{ kind: "ignoreRange" }, 200, TEXT, { "content-length": "10000" }],
  [{ kind: "chunked" }, 206, TEXT.slice(1), { "content-length": undefined }],
  [
    { kind: "oversize", extraBytes: 3 },
    206,
    `${TEXT.slice(1)}\0\0\0`,
    { "content-length": undefined },
  ],
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
  await vi.waitFor(() => expect(simulator.requests.list().at(-1)?.outcome).toBe("finished"));
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

it("compresses though nobody asked", async () => {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  simulator.faults.add({ on: "download", kind: "encoding" });
  const response = await download(url);
  expect(response.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(await response.body.arrayBuffer()).toString()).toBe(TEXT);
});

it("breaks off after exactly the given bytes", async () => {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  simulator.faults.add({ on: "download", kind: "truncate", afterBytes: 4321 });
  const response = await download(url);
  let size = 0;
  const reading = (async () => {
    for await (const chunk of response.body) size += chunk.length;
  })();
  await expect(reading).rejects.toThrow();
  expect(size).toBe(4321);
  await vi.waitFor(() => expect(simulator.requests.open()).toHaveLength(0));
  const log = { bytesSent: 4321, outcome: "fault", fault: "truncate" };
  expect(simulator.requests.list().at(-1)).toMatchObject(log);
});

it.each(["stall", "never"] as const)(
  "%s keeps the request open until the client leaves",
  async (kind) => {
    const simulator = await simulatorForTest();
    const url = await fileWith(simulator, TEXT);
    simulator.faults.add({ on: "download", kind });
    const client = new AbortController();
    const reading = fetch(url, { headers: HEADERS, signal: client.signal }).then((response) =>
      response.text(),
    );
    const sent = kind === "stall" ? 4096 : 0;
    await vi.waitFor(() =>
      expect(simulator.requests.open()).toMatchObject([{ role: "download", bytesSent: sent }]),
    );
    client.abort();
    await expect(reading).rejects.toThrow();
    await vi.waitFor(() => expect(simulator.requests.open()).toEqual([]));
    expect(simulator.requests.list().at(-1)).toMatchObject({ outcome: "client-closed" });
  },
);

it("tries every kind that there is", () => {
  const tried = new Set(ANSWERS.map(([{ kind }]) => kind as string));
  const elsewhere = ["wrongHash", "encoding", "truncate", "stall", "never"];
  expect([...tried, ...elsewhere].sort()).toEqual(Object.keys(downloadFaults).sort());
});
