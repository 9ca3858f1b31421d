import { describe, expect, it } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { ConnectionCut, GraphError, graphErrorKinds } from "./graph-error.ts";
import { createRetry } from "./retry.ts";

const unavailable = () => new GraphError("unavailable", "HTTP 503");

/** A retry whose pauses pass at once, on a clock that a call may move. */
function setUp({ random = (): number => 1, callTakesMs = 0 } = {}) {
  const pauses: number[] = [];
  let now = 0;
  let calls = 0;
  const retry = createRetry({
    random,
    now: () => now,
    sleep: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  });
  return {
    pauses,
    calls: () => calls,
    /** Makes a call that fails in these ways, one after the other, and then succeeds. */
    run: (failures: Error[], signal = noAbort) =>
      retry(async () => {
        calls += 1;
        now += callTakesMs;
        const failure = failures.shift();
        if (failure) throw failure;
        return "answer";
      }, signal),
  };
}

describe("createRetry", () => {
  it("makes a call that succeeds once", async () => {
    const { calls, pauses, run } = setUp();
    expect(await run([])).toBe("answer");
    expect(calls()).toBe(1);
    expect(pauses).toEqual([]);
  });

  it.each([1, 2])("F32 gives the answer that comes after %i failures", async (failures) => {
    const { calls, run } = setUp();
    expect(await run(Array.from({ length: failures }, unavailable))).toBe("answer");
    expect(calls()).toBe(failures + 1);
  });

  it("F32 leaves the first pause out after a connection that was cut, and only that", async () => {
    const { calls, pauses, run } = setUp();
    const cut = () => new ConnectionCut("other side closed");
    await expect(run([cut(), cut(), cut()])).rejects.toThrow("other side closed");
    expect(calls()).toBe(3);
    expect(pauses).toEqual([400]);
  });

  it("F32 gives up after three tries, with the last failure", async () => {
    const { calls, run } = setUp();
    const last = unavailable();
    await expect(run([unavailable(), unavailable(), last])).rejects.toBe(last);
    expect(calls()).toBe(3);
  });

  it.each<[number, number[]]>([
    [0, [100, 200]],
    [0.5, [150, 300]],
    [1, [200, 400]],
  ])("F32 pauses longer each time, and at random (%d)", async (random, expected) => {
    const { pauses, run } = setUp({ random: () => random });
    await run([unavailable(), unavailable()]);
    expect(pauses).toEqual(expected);
  });

  it.each(graphErrorKinds.filter((kind) => kind !== "unavailable"))(
    "makes no second call after %s",
    async (kind) => {
      const { calls, run } = setUp();
      await expect(run([new GraphError(kind, kind)])).rejects.toMatchObject({ kind });
      expect(calls()).toBe(1);
    },
  );

  it("makes no second call after an error of our own", async () => {
    const { calls, run } = setUp();
    await expect(run([new TypeError("a bug")])).rejects.toThrow(TypeError);
    expect(calls()).toBe(1);
  });

  it("makes no second call after one that took longer than five seconds", async () => {
    const late = setUp({ callTakesMs: 5_001 });
    await expect(late.run([unavailable()])).rejects.toThrow("HTTP 503");
    expect(late.calls()).toBe(1);
    const inTime = setUp({ callTakesMs: 4_900 });
    await expect(inTime.run([unavailable(), unavailable()])).rejects.toThrow("HTTP 503");
    expect(inTime.calls()).toBe(2);
  });

  it("makes no second call for who has left", async () => {
    const { calls, pauses, run } = setUp();
    await expect(run([unavailable()], AbortSignal.abort())).rejects.toThrow("HTTP 503");
    expect(calls()).toBe(1);
    expect(pauses).toEqual([]);
  });

  it("F53 ends a pause at once when the person leaves", async () => {
    const leaving = new AbortController();
    const retry = createRetry({ random: () => 1 });
    let calls = 0;
    const called = retry(() => {
      calls += 1;
      setImmediate(() => leaving.abort());
      return Promise.reject(unavailable());
    }, leaving.signal);
    await expect(called).rejects.toThrow("aborted");
    expect(calls).toBe(1);
  });
});
