import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFirstBytes } from "./first-bytes.ts";

const SMALL = 64 * 1024;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function setUp(length: number | undefined) {
  const ready = vi.fn();
  return { ready, ...createFirstBytes(length, ready) };
}

describe("createFirstBytes", () => {
  it.each([SMALL + 1, undefined])("has enough with 32 bytes of a file of length %j", (length) => {
    const { add, ready, stop } = setUp(length);
    expect(add(Buffer.alloc(31))).toBe(false);
    expect(add(Buffer.alloc(1))).toBe(true);
    stop();
    expect(ready).not.toHaveBeenCalled();
  });

  it.each([1_000, SMALL])("has never enough of a file of %i bytes without its end", (length) => {
    const { add, stop } = setUp(length);
    expect(add(Buffer.alloc(length - 1))).toBe(false);
    stop();
  });

  it("says once that the rest of a small file is not waited for, counted from its first chunk", () => {
    const { add, ready } = setUp(1_000);
    vi.advanceTimersByTime(1_000);
    add(Buffer.alloc(1));
    vi.advanceTimersByTime(200);
    add(Buffer.alloc(1));
    vi.advanceTimersByTime(49);
    expect(ready).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(ready).toHaveBeenCalledTimes(1);
  });

  it("says nothing once it is stopped", () => {
    const { add, ready, stop } = setUp(1_000);
    add(Buffer.alloc(1));
    stop();
    stop();
    vi.advanceTimersByTime(10_000);
    expect(ready).not.toHaveBeenCalled();
  });

  it("shows the head across chunks of any size, and hands all over once", () => {
    const { add, head, stop, take } = setUp(SMALL + 1);
    expect(head().length).toBe(0);
    const text = "0123456789abcdefghijklmnopqrstuvwxyz-and-more".repeat(200);
    const chunks = [text.slice(0, 1), text.slice(1, 100), text.slice(100)].map((part) =>
      Buffer.from(part),
    );
    for (const chunk of chunks) add(chunk);
    expect(head().toString()).toBe(text.slice(0, 4096));
    expect(take()).toEqual(chunks);
    expect(take()).toEqual([]);
    stop();
  });
});
