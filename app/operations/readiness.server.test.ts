import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { openDatabase } from "#db/open.server.ts";
import { waitFor } from "#tests/support/wait.ts";
import { readiness } from "./readiness.server.ts";

async function databaseAt(port: number) {
  const url = `postgres://nobody:nothing@127.0.0.1:${port}/none`;
  return openDatabase({ DATABASE_URL: url, DATA_DIR: "memory://" });
}

it("says that a database which refuses connections can't be reached", async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const { db, close } = await databaseAt(port);

  expect(await readiness({ db, draining: false })).toEqual([
    expect.stringContaining("can't be reached"),
  ]);
  await close();
});

it("gives up on a database that does not answer, and asks it once however often it is asked", async () => {
  const connections: Socket[] = [];
  const silent = createServer((socket) => {
    connections.push(socket);
    socket.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { db, close } = await databaseAt((silent.address() as AddressInfo).port);
  const ask = () => readiness({ db, draining: false, answerWithin: 50 });

  const answers = [...(await Promise.all([ask(), ask()])), await ask()];

  expect(answers).toHaveLength(3);
  for (const answer of answers) {
    expect(answer).toEqual([expect.stringContaining("does not answer in time")]);
  }
  await waitFor(() => expect(connections).toHaveLength(1));
  // Else closing would wait for its answer.
  connections[0]?.destroy();
  await close();
  silent.close();
});
