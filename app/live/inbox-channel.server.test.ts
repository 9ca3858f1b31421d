import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Db } from "#db/open.server.ts";
import type { Listener } from "#db/postgres/listener.server.ts";
import { type InboxChange, listenToInbox } from "./inbox-channel.server.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start({ execute = async (): Promise<unknown> => [] } = {}) {
  const listeners: Listener[] = [];
  const stop = vi.fn(async () => {});
  const listen = (_channel: string, listener: Listener) => {
    listeners.push(listener);
    return stop;
  };
  const changes: InboxChange[] = [];
  const onGap = vi.fn();
  const db = { execute } as unknown as Db;
  listenToInbox({ db, listen }, { onChange: (change) => void changes.push(change), onGap });
  return { listeners, stop, changes, onGap };
}

it("passes on whose conversation changed", () => {
  const { listeners, changes } = start();
  listeners[0]?.onNotification("1:22:333");
  expect(changes).toEqual([{ companyId: 1, accountId: 22, conversationId: 333 }]);
});

it.each(["", "1:2", "1:2:3:4", "1:2:x", "-1:2:3", "1:2:3\n", "1:2:9999999999999999", "{}"])(
  "ignores the payload %j",
  (payload) => {
    const { listeners, changes } = start();
    listeners[0]?.onNotification(payload);
    listeners[0]?.onNotification("1:2:3");
    expect(changes).toHaveLength(1);
  },
);

it("says when changes may have been missed", () => {
  const { listeners, onGap } = start();
  listeners[0]?.onListening();
  expect(onGap).toHaveBeenCalledTimes(1);
});

it("listens anew where a minute has passed and not even its own word was heard", async () => {
  const { listeners, stop } = start();
  await vi.advanceTimersByTimeAsync(59_999);
  expect(listeners).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(listeners).toHaveLength(2);
  expect(stop).toHaveBeenCalledTimes(1);
});

it("goes on listening where its own word is heard before it is known to be sent", async () => {
  const heard: { current?: Listener | undefined } = {};
  const { listeners } = start({
    execute: async () => {
      heard.current?.onNotification("ping");
      await Promise.resolve();
    },
  });
  heard.current = listeners[0];
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(listeners).toHaveLength(1);
});

it("goes on listening where anything was heard, or the database is not there to say a word", async () => {
  const { listeners } = start();
  for (let minute = 0; minute < 3; minute++) {
    await vi.advanceTimersByTimeAsync(45_000);
    listeners[0]?.onNotification("ping");
    await vi.advanceTimersByTimeAsync(15_000);
    listeners[0]?.onNotification("1:2:3");
  }
  const down = start({ execute: () => Promise.reject(new Error("no connection")) });
  await vi.advanceTimersByTimeAsync(40_000);
  listeners[0]?.onNotification("ping");
  await vi.advanceTimersByTimeAsync(80_000);
  expect(down.listeners).toHaveLength(1);
});
