import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { startFileHost } from "#tests/support/file-host.ts";
import { waitFor } from "#tests/support/wait.ts";
import { type IdleEnd, watchIdle } from "./watch-idle.ts";

async function idleConnection() {
  const host = await startFileHost((_, res) => res.end());
  const socket = connect(Number(new URL(host.url).port), "127.0.0.1");
  await once(socket, "connect");
  await waitFor(() => expect(host.sockets).toHaveLength(1));
  const ends: IdleEnd[] = [];
  onTestFinished(async () => {
    socket.destroy();
    await host[Symbol.asyncDispose]();
  });
  return { idle: watchIdle(socket, (how) => ends.push(how)), socket, ends, other: host.sockets[0] };
}

it("closes a connection some time after it was last wanted", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { idle, socket, ends } = await idleConnection().finally(() => {});
  idle.stay(1_000);
  vi.advanceTimersByTime(999);
  idle.stay(1_000);
  vi.advanceTimersByTime(999);
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(socket.destroyed).toBe(true);
  expect(ends).toEqual(["unused"]);
});

it.each<[string, (other: Socket) => void]>([
  ["closes it", (other) => other.end()],
  ["resets it", (other) => other.resetAndDestroy()],
])("gives a connection up when the other side %s", async (_, leave) => {
  const { socket, ends, other } = await idleConnection();
  if (other) leave(other);
  await waitFor(() => expect(ends).toEqual(["closed"]));
  expect(socket.destroyed).toBe(true);
});

it("leaves a connection alone that was taken", async () => {
  const { idle, socket, ends, other } = await idleConnection();
  expect(idle.take()).toBe(socket);
  other?.write("anything");
  const [chunk] = await once(socket, "data");
  expect(String(chunk)).toBe("anything");
  expect(ends).toEqual(["used"]);
});
