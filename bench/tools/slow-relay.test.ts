import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, it } from "vitest";
import { startSlowRelay } from "./slow-relay.ts";

it("passes all on in order, after a round trip for the connection and half of one for each chunk", async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const waits: number[] = [];
  // A clock on which what is sent later is due first.
  const wait = async (ms: number) => {
    waits.push(ms);
    for (let turns = 20 - waits.length; turns > 0; turns--) await new Promise(setImmediate);
  };
  const relay = await startSlowRelay((server.address() as AddressInfo).port, 50, { wait });
  const client = connect(relay.port, "127.0.0.1");
  const sent = Array.from({ length: 5 }, (_, number) => `chunk ${number}. `);
  for (const chunk of sent) {
    client.write(chunk);
    await new Promise(setImmediate);
  }
  client.end();
  let heard = "";
  for await (const chunk of client) heard += chunk;
  expect(heard).toBe(sent.join(""));
  expect(waits[0]).toBe(50);
  expect(new Set(waits.slice(1))).toEqual(new Set([25]));
  await relay.close();
  server.close();
});
