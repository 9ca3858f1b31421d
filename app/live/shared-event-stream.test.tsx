import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { subscribeToInbox } from "./shared-event-stream.ts";

class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static open: FakeEventSource[] = [];
  onopen: (() => void) | undefined;
  onerror: (() => void) | undefined;
  readyState = 1;

  constructor(readonly url: string) {
    super();
    FakeEventSource.open.push(this);
  }

  says(type: string, data: object = {}) {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }

  isRefused() {
    this.readyState = 2;
    FakeEventSource.open = FakeEventSource.open.filter((source) => source !== this);
    this.onerror?.();
  }

  close() {
    FakeEventSource.open = FakeEventSource.open.filter((source) => source !== this);
  }
}

class FakeChannel {
  static all: FakeChannel[] = [];
  onmessage: ((event: { data: unknown }) => void) | undefined;
  constructor() {
    FakeChannel.all.push(this);
  }
  postMessage(data: unknown) {
    for (const channel of FakeChannel.all) if (channel !== this) channel.onmessage?.({ data });
  }
  close() {
    FakeChannel.all = FakeChannel.all.filter((channel) => channel !== this);
  }
}

/** The part of Web Locks that is used (https://w3c.github.io/web-locks/): a queue, and theft. */
class FakeLocks {
  #holder: { reject: (error: Error) => void } | undefined;
  #queue: (() => void)[] = [];

  request(_name: string, how: LockOptions, hold: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = () => {
        const mine = { reject };
        this.#holder = mine;
        hold().then(() => {
          if (this.#holder !== mine) return;
          this.#holder = undefined;
          resolve();
          this.#queue.shift()?.();
        });
      };
      how.signal?.addEventListener("abort", () => {
        this.#queue = this.#queue.filter((waiting) => waiting !== take);
        if (this.#holder?.reject !== reject) reject(new Error("AbortError"));
      });
      if (how.steal) {
        this.#holder?.reject(new Error("AbortError"));
        take();
      } else if (this.#holder) this.#queue.push(take);
      else take();
    });
  }
}

const open = () => FakeEventSource.open;
const settle = () => vi.advanceTimersByTimeAsync(0);
const leaves: (() => void)[] = [];

function openTab() {
  const events: unknown[] = [];
  const leave = subscribeToInbox((each) => void events.push(each));
  leaves.push(leave);
  return { events, leave };
}

function becomesVisible(state: "visible" | "hidden" = "visible") {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeEventSource);
  vi.stubGlobal("BroadcastChannel", FakeChannel);
  Object.defineProperty(navigator, "locks", { value: new FakeLocks(), configurable: true });
});
afterEach(async () => {
  for (const leave of leaves.splice(0)) leave();
  await settle();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  FakeEventSource.open = [];
  Reflect.deleteProperty(navigator, "locks");
});

describe("the tabs of a browser", () => {
  it("get the same events over one stream", async () => {
    const tabs = [openTab(), openTab(), openTab()];
    await settle();
    expect(open().map(({ url }) => url)).toEqual(["/events"]);
    open()[0]?.says("change", { conversations: [7] });
    open()[0]?.says("resync");
    const expected = [{ kind: "change", conversations: [7] }, { kind: "resync" }];
    for (const { events } of tabs) expect(events).toEqual(expected);
  });

  it("have another one read the stream when its reader is closed", async () => {
    const [first, second] = [openTab(), openTab()];
    await settle();
    first.leave();
    await settle();
    expect(open()).toHaveLength(1);
    open()[0]?.says("resync");
    expect(second.events).toEqual([{ kind: "resync" }]);
  });

  it("leave the stream with its reader for as long as that one answers", async () => {
    openTab();
    openTab();
    await settle();
    const [reader] = open();
    becomesVisible();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(open()).toEqual([reader]);
  });

  it("take the stream from a tab that sleeps, once", async () => {
    openTab();
    const [sleeper] = FakeChannel.all;
    await settle();
    if (sleeper) sleeper.onmessage = undefined;
    const awake = openTab();
    becomesVisible();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(open()).toHaveLength(1);
    open()[0]?.says("resync");
    expect(awake.events).toEqual([{ kind: "resync" }]);
  });
});

describe("a tab without locks", () => {
  it("has a stream of its own while it is visible", async () => {
    Reflect.deleteProperty(navigator, "locks");
    const { leave } = openTab();
    expect(open()).toHaveLength(1);
    becomesVisible("hidden");
    expect(open()).toHaveLength(0);
    becomesVisible();
    expect(open()).toHaveLength(1);
    leave();
    expect(open()).toHaveLength(0);
  });
});

describe("a stream that is refused", () => {
  it("has the page loaded once, which tells who is signed out, and is asked for again later", async () => {
    const { events } = openTab();
    await settle();
    open()[0]?.isRefused();
    expect(events).toEqual([{ kind: "resync" }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(open()).toHaveLength(1);
    open()[0]?.isRefused();
    expect(events).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(open()).toHaveLength(1);
  });
});
