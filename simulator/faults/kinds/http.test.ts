import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { download, fileWith, onTheWire, simulatorForTest } from "#simulator/testing/simulator.ts";
import { waitFor } from "#tests/support/wait.ts";
import type { FaultInput } from "../parse.ts";
import { httpFaults } from "./http.ts";

const TEXT = "0123456789".repeat(1000);

async function withFault(fault: Extract<FaultInput, { kind: keyof typeof httpFaults }>) {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  simulator.faults.add(fault);
  const mediaId = new URL(url).searchParams.get("mid");
  return { simulator, url: fault.on === "download" ? url : `${simulator.url}/v23.0/${mediaId}` };
}

it.each(["lookup", "download"] as const)("redirects a %s elsewhere, or to itself", async (on) => {
  const away = await withFault({ on, kind: "redirect", location: "http://a.test/", status: 307 });
  const response = await download(away.url);
  expect(response.statusCode).toBe(307);
  expect(response.headers.location).toBe("http://a.test/");
  const loop = await withFault({ on, kind: "redirectLoop" });
  expect((await download(loop.url)).headers.location).toBe(loop.url);
});

it.each(["lookup", "download"] as const)("adds harmful headers to a %s", async (on) => {
  const usual = await withFault({ on, kind: "extraHeaders" });
  expect((await download(usual.url)).headers).toMatchObject({
    "set-cookie": "session=stolen; Path=/",
    refresh: "0; url=https://media.elsewhere.test/",
    "clear-site-data": '"*"',
  });
  const own = await withFault({ on, kind: "extraHeaders", headers: { "X-Long": "x".repeat(999) } });
  expect((await download(own.url)).headers["x-long"]).toHaveLength(999);
});

it.each([
  ["gzip", gunzipSync],
  ["deflate", inflateSync],
  ["br", brotliDecompressSync],
] as const)("compresses with %s though nobody asked, small or huge", async (encoding, expand) => {
  const { url } = await withFault({ on: "download", kind: "encoding", encoding });
  const response = await download(url);
  expect(response.headers["content-encoding"]).toBe(encoding);
  expect(response.headers["content-length"]).toBeUndefined();
  expect(expand(await response.body.arrayBuffer()).toString() === TEXT).toBe(true);
  const expandedBytes = 3_000_001;
  const bomb = await withFault({ on: "download", kind: "bomb", encoding, expandedBytes });
  const small = await (await download(bomb.url)).body.arrayBuffer();
  expect(small.byteLength).toBeLessThan(10_000);
  expect(expand(small).equals(Buffer.alloc(expandedBytes))).toBe(true);
});

it.each([
  [{ kind: "chunked" }, undefined, `2710\r\n${TEXT}\r\n0\r\n\r\n`],
  [{ kind: "oversize", extraBytes: 3 }, undefined, `2710\r\n${TEXT}\r\n3\r\n\0\0\0\r\n0\r\n\r\n`],
  [{ kind: "wrongLength" }, "9999", TEXT],
  [{ kind: "wrongLength", by: -20_000 }, "0", TEXT],
  [{ kind: "wrongLength", by: 7 }, "10007", TEXT],
  [
    { kind: "secondAnswer", text: "no" },
    "10000",
    `${TEXT}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno`,
  ],
] as const)("%j sends exactly that", async (settings, length, body) => {
  const { url, simulator } = await withFault({ on: "download", ...settings });
  const { text, ending } = await onTheWire(url);
  const [head = ""] = text.split("\r\n\r\n", 1);
  expect(/Content-Length: (\d+)/i.exec(head)?.[1]).toBe(length);
  expect(text.slice(head.length + 4) === body).toBe(true);
  expect(ending).toBe("FIN");
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
});

it("has no other fault than those tried here", () => {
  const tried = ["redirect", "redirectLoop", "extraHeaders", "encoding", "bomb"];
  const lengths = ["chunked", "wrongLength", "oversize", "secondAnswer"];
  expect(Object.keys(httpFaults)).toEqual([...tried, ...lengths]);
});
