import { expect, it } from "vitest";
import {
  download,
  fileWith,
  HEADERS,
  onTheWire,
  simulatorForTest,
} from "#simulator/testing/simulator.ts";
import { waitFor } from "#tests/support/wait.ts";
import { connectionFaults } from "./connection.ts";
import type { FaultInput } from "./parse.ts";

const TEXT = "0123456789".repeat(1000);

/** A file that meets this fault, at the address where it does. */
async function withFault(fault: Extract<FaultInput, { kind: keyof typeof connectionFaults }>) {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  simulator.faults.add(fault);
  const mediaId = new URL(url).searchParams.get("mid");
  return { simulator, url: fault.on === "download" ? url : `${simulator.url}/v23.0/${mediaId}` };
}

it.each(["lookup", "download"] as const)(
  "a %s can be slow to begin, slow to send, and have slow headers",
  async (on) => {
    const bytesPerSecond = 100_000;
    for (const fault of [
      { on, kind: "slow", ms: 20 },
      { on, kind: "slowHeaders", ms: 40 },
      { on, kind: "trickle", bytesPerSecond },
    ] as const) {
      const { url, simulator } = await withFault(fault);
      const response = await download(url);
      expect(response.statusCode).toBe(200);
      const text = await response.body.text();
      if (on === "download") expect(text === TEXT).toBe(true);
      else expect(JSON.parse(text)).toMatchObject({ file_size: TEXT.length });
      await waitFor(() => expect(simulator.requests.list().at(-1)?.fault).toBe(fault.kind));
    }
  },
);

it("sends slow headers in pieces, over the time that is given", async () => {
  const { url } = await withFault({ on: "download", kind: "slowHeaders", ms: 200 });
  const begun = performance.now();
  const { text, ending } = await onTheWire(url);
  expect(performance.now() - begun).toBeGreaterThan(190);
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(text.endsWith(`Connection: close\r\n\r\n${TEXT}`)).toBe(true);
  expect(ending).toBe("FIN");
});

it.each([
  ["lookup", "", "fin", "FIN"],
  ["download", "", "fin", "FIN"],
  ["lookup", "", "rst", "ECONNRESET"],
  ["download", "", "rst", "ECONNRESET"],
  ["download", "HTTP/1.1 200 O", "fin", "FIN"],
  ["download", "SSH-2.0-server\r\n", "fin", "FIN"],
] as const)("a %s can end in a hang-up after %j with %s", async (on, sent, ending, seen) => {
  const { url, simulator } = await withFault({ on, kind: "hangUp", sent, ending });
  expect(await onTheWire(url)).toEqual({ text: sent, ending: seen });
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
  const log = { status: null, fault: "hangUp", outcome: "fault" };
  expect(simulator.requests.list().at(-1)).toMatchObject(log);
});

it.each([
  [0, "fin"],
  [4321, "fin"],
  [9999, "fin"],
  [4321, "rst"],
  [9999, "rst"],
] as const)("breaks off after exactly %i bytes with %s", async (afterBytes, ending) => {
  const fault = { on: "download", kind: "truncate", afterBytes, ending } as const;
  const { url, simulator } = await withFault(fault);
  const { text, ending: seen } = await onTheWire(url);
  const [head, body] = text.split("\r\n\r\n");
  expect(head).toContain("Content-Length: 10000");
  expect(body === TEXT.slice(0, afterBytes)).toBe(true);
  // Node takes a reset for an end when it reads both the last bytes and the reset at once.
  expect(seen).toMatch(ending === "fin" ? /^FIN$/ : /^(ECONNRESET|FIN)$/);
  await waitFor(() => expect(simulator.requests.open()).toHaveLength(0));
  const log = { bytesSent: afterBytes, outcome: "fault", fault: "truncate" };
  expect(simulator.requests.list().at(-1)).toMatchObject(log);
});

it.each([
  ["lookup", "never", 0],
  ["download", "never", 0],
  ["lookup", "stall", 5],
  ["download", "stall", 5],
] as const)("a %s that meets %s stays open until the client leaves", async (on, kind, sent) => {
  const { url, simulator } = await withFault({
    on,
    kind,
    ...(kind === "stall" && { afterBytes: sent }),
  } as FaultInput & { kind: "never" });
  const client = new AbortController();
  const reading = fetch(url, { headers: HEADERS, signal: client.signal }).then((response) =>
    response.text(),
  );
  await waitFor(() => expect(simulator.requests.open()).toMatchObject([{ bytesSent: sent }]));
  client.abort();
  await expect(reading).rejects.toThrow();
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
  expect(simulator.requests.list().at(-1)).toMatchObject({ outcome: "client-closed" });
});

it("has no other fault than those tried here", () => {
  const tried = ["slow", "slowHeaders", "never", "hangUp", "truncate", "stall", "trickle"];
  expect(Object.keys(connectionFaults)).toEqual(tried);
});
