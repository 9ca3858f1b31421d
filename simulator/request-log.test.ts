import { connect } from "node:net";
import { request } from "undici";
import { expect, it } from "vitest";
import {
  download,
  HEADERS,
  lookUp,
  simulatorForTest,
  TOKEN,
} from "#simulator/testing/simulator.ts";
import { waitFor } from "#tests/support/wait.ts";

const AUTHORIZATION = `Authorization: Bearer ${TOKEN}`;

it("notes what came and what was answered, without the token", async () => {
  const simulator = await simulatorForTest({ now: () => 1_700_000_000_000 });
  const { id } = await simulator.media.add({ syntheticBytes: 100, mimeType: "image/png" });
  const { url } = await lookUp(simulator, id);
  await (await download(url, { range: "bytes=0-9" })).body.dump();
  const query = "?phone_number_id=106540352242922";
  await (await request(`${simulator.url}/v23.0/${id}${query}`)).body.dump();
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
  const common = { at: 1_700_000_000_000, method: "GET", mediaId: id, outcome: "finished" };
  const agent = { hasBearer: true, userAgent: HEADERS["user-agent"], acceptEncoding: null };
  expect(simulator.requests.list()).toMatchObject([
    { ...common, ...agent, sequence: 1, role: "lookup", path: `/v23.0/${id}`, status: 200 },
    { ...common, ...agent, role: "download", range: "bytes=0-9", status: 206, bytesSent: 10 },
    { ...common, sequence: 3, hasBearer: false, hasPhoneNumberId: true, status: 401 },
  ]);
  const written = JSON.stringify(simulator.requests.list());
  expect(written).not.toContain(TOKEN);
  expect(written).not.toContain(new URL(url).searchParams.get("hash"));
});

it("shows a download as open while it runs, and as left when its reader goes", async () => {
  const simulator = await simulatorForTest();
  const size = 50_000_000;
  const { id } = await simulator.media.add({ syntheticBytes: size, mimeType: "video/mp4" });
  const { url } = await lookUp(simulator, id);
  const response = await download(url);
  expect(simulator.requests.open()).toMatchObject([{ role: "download", status: 200 }]);
  response.body.on("error", () => {}).destroy();
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
  const [entry] = simulator.requests.list().slice(-1);
  expect(entry).toMatchObject({ outcome: "client-closed", closedAt: expect.any(Number) });
  expect(entry?.bytesSent).toBeLessThan(size);
});

it("shows a request as left that waited on its connection behind one without an answer", async () => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "lookup", kind: "never", times: 1 });
  const socket = connect(simulator.port, "127.0.0.1");
  const request = (id: string) =>
    `GET /v23.0/${id} HTTP/1.1\r\nHost: a\r\n${AUTHORIZATION}\r\n\r\n`;
  socket.write(request("1") + request("2"));
  await waitFor(() => expect(simulator.requests.open()).toHaveLength(2));
  socket.destroy();
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
  const left = { outcome: "client-closed" };
  expect(simulator.requests.list()).toMatchObject([left, left]);
});
