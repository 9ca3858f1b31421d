import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBoundedQueue } from "./bounded-queue.ts";

const DEADLINE = 5_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Works that run until they are told to end. */
function startWorks(limits: Partial<Parameters<typeof createBoundedQueue>[0]> = {}) {
  const run = createBoundedQueue({
    running: 2,
    waiting: 3,
    perKey: 99,
    deadline: DEADLINE,
    ...limits,
  });
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  return {
    begun,
    start: (name: string, key = "") =>
      run(key, () => {
        begun.push(name);
        const end = withResolvers<string>();
        ends.set(name, end);
        return end.promise;
      }),
    end: async (name: string) => {
      ends.get(name)?.resolve(name);
      await vi.advanceTimersByTimeAsync(0);
    },
    fail: async (name: string) => {
      ends.get(name)?.reject(new Error(name));
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: PromiseWithResolvers<T>["resolve"] = () => {};
  let reject: PromiseWithResolvers<T>["reject"] = () => {};
  const promise = new Promise<T>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}

describe("a queue", () => {
  it("runs so many works at once and the others in the order they came", async () => {
    const { begun, start, end } = startWorks();
    const outcomes = ["a", "b", "c", "d", "e"].map((name) => start(name));
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    await end("a");
    expect(begun).toEqual(["a", "b", "c", "d"]);
    await end("c");
    await end("d");
    await end("e");
    expect(await Promise.all(outcomes)).toEqual(
      ["a", "b", "c", "d", "e"].map((done) => ({ done })),
    );
  });

  it("F21 refuses at once what it has no place for, and takes again when one is free", async () => {
    const { begun, start, end } = startWorks();
    for (const name of ["a", "b", "c", "d", "e"]) void start(name);
    expect(await start("f")).toEqual({ deferred: "full" });
    await end("a");
    void start("g");
    expect(await start("h")).toEqual({ deferred: "full" });
    for (const name of ["b", "c", "d", "e", "g"]) await end(name);
    expect(begun).toEqual(["a", "b", "c", "d", "e", "g"]);
  });

  it("F100 gives one key only its share, whatever else is free", async () => {
    const { start, end } = startWorks({ perKey: 2 });
    void start("a1", "a");
    void start("a2", "a");
    expect(await start("a3", "a")).toEqual({ deferred: "full" });
    const other = start("b1", "b");
    await end("a1");
    await end("b1");
    expect(await other).toEqual({ done: "b1" });
    const again = start("a4", "a");
    await end("a4");
    expect(await again).toEqual({ done: "a4" });
  });

  it("F21 lets go at the deadline; a work that runs keeps its place until it ends", async () => {
    const { begun, start, end } = startWorks({ running: 1, waiting: 1 });
    const running = start("running");
    await vi.advanceTimersByTimeAsync(DEADLINE - 1);
    const waiting = start("waiting");
    await vi.advanceTimersByTimeAsync(1);
    expect(await running).toEqual({ deferred: "late" });
    expect(await start("refused")).toEqual({ deferred: "full" });
    expect(begun).toEqual(["running"]);
    await end("running");
    expect(begun).toEqual(["running", "waiting"]);
    await end("waiting");
    expect(await waiting).toEqual({ done: "waiting" });
  });

  it("F21 never begins a work whose caller has been let go, and frees its place", async () => {
    const { begun, start, end } = startWorks({ running: 1, waiting: 1 });
    void start("running");
    const waiting = start("waiting");
    await vi.advanceTimersByTimeAsync(DEADLINE);
    expect(await waiting).toEqual({ deferred: "late" });
    const next = start("next");
    await end("running");
    await end("next");
    expect(begun).toEqual(["running", "next"]);
    expect(await next).toEqual({ done: "next" });
  });

  it("passes on what a work throws, before its deadline, and frees its place either way", async () => {
    const { begun, start, fail, end } = startWorks({ running: 1, waiting: 0 });
    const early = start("early");
    const thrown = expect(early).rejects.toThrow("early");
    await fail("early");
    await thrown;
    const late = start("late");
    await vi.advanceTimersByTimeAsync(DEADLINE);
    expect(await late).toEqual({ deferred: "late" });
    await fail("late");
    void start("next");
    await end("next");
    expect(begun).toEqual(["early", "late", "next"]);
  });

  it("leaves no timer behind", async () => {
    const { start, end } = startWorks();
    void start("a");
    await end("a");
    expect(vi.getTimerCount()).toBe(0);
  });
});
