import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEventFeed, type EventFeed } from "./event-feed.server.ts";

let stream: PassThrough;
let feed: EventFeed;

beforeEach(() => {
  vi.useFakeTimers();
  stream = new PassThrough();
  stream.on("error", () => {});
  feed = createEventFeed(stream);
});
afterEach(() => {
  stream.destroy();
  vi.useRealTimers();
});

const written = () => String(stream.read() ?? "");
const dataIn = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => data);

describe("a feed of events", () => {
  it("begins with when to come back and with a resync", () => {
    expect(written()).toMatch(/^retry: [2-8]\d{3}\nevent: resync\nid: 1\ndata: \{\}\n\n$/);
  });

  it("tells at most once a second, and each conversation once", () => {
    written();
    vi.advanceTimersByTime(1_000);
    for (const id of [1, 2, 1, 3]) feed.changed(id);
    expect(dataIn(written())).toEqual(['{"conversations":[1]}']);
    vi.advanceTimersByTime(999);
    expect(written()).toBe("");
    vi.advanceTimersByTime(1);
    expect(dataIn(written())).toEqual(['{"conversations":[2,1,3]}']);
    vi.advanceTimersByTime(5_000);
    expect(written()).toBe("");
  });

  it("tells of a hundred conversations at most; of more, that all may have changed", () => {
    written();
    for (let id = 1; id <= 101; id++) feed.changed(id);
    vi.advanceTimersByTime(1_000);
    expect(written()).toMatch(/^event: resync\nid: 2\ndata: \{\}\n\n$/);
  });

  it("says nothing for as long as its reader's rights are not confirmed", () => {
    written();
    vi.advanceTimersByTime(5_001);
    feed.changed(4);
    vi.advanceTimersByTime(60_000);
    expect(written()).not.toContain("data");
    feed.confirm();
    expect(dataIn(written())).toEqual(['{"conversations":[4]}']);
  });

  it("shows every twenty seconds that it lives", () => {
    written();
    vi.advanceTimersByTime(20_000);
    expect(written()).toBe(":\n\n");
  });

  it("gives a reader up who doesn't read", async () => {
    for (let i = 0; i < 20_000 && !stream.destroyed; i++) vi.advanceTimersByTime(20_000);
    expect(stream.destroyed).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says nothing more once it has ended", async () => {
    feed.end();
    feed.changed(1);
    feed.resync();
    vi.advanceTimersByTime(60_000);
    expect(dataIn(written())).toEqual(["{}"]);
    expect(stream.writableEnded).toBe(true);
  });
});
