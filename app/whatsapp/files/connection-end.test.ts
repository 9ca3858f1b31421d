import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { startFileHost } from "#tests/support/file-host.ts";
import { ConnectionEnd } from "./connection-end.ts";

/** What is told of a request, in its order. */
async function toldOf(answer: (res: ServerResponse) => void, forget = false): Promise<string[]> {
  await using host = await startFileHost((_, res) => answer(res));
  const told: string[] = [];
  const connection = new ConnectionEnd(() => told.push("connection ended"));
  await new Promise<void>((resolve, reject) => {
    const request = { origin: host.url, path: "/", method: "GET" } as const;
    host.agent.dispatch(request, {
      onRequestStart: () => connection.expect(),
      onResponseStart: () => {
        if (forget) connection.forget();
      },
      onResponseEnd: () => {
        told.push("answer ended");
        resolve();
      },
      onResponseError: (_, error) => reject(error),
    });
  });
  return told;
}

const endWithConnection = (res: ServerResponse) => {
  res.socket?.end("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it");
};

it("is heard before the answer ends that the connection's end delimits", async () => {
  expect(await toldOf(endWithConnection)).toEqual(["connection ended", "answer ended"]);
});

it("is not heard any more once it is forgotten", async () => {
  expect(await toldOf(endWithConnection, true)).toEqual(["answer ended"]);
});

it("is not heard while the connection stays open", async () => {
  expect(await toldOf((res) => res.end("all of it"))).toEqual(["answer ended"]);
});
