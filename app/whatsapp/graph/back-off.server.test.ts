import { describe, expect, it } from "vitest";
import { createBackOff } from "./back-off.server.ts";
import { GraphError, graphErrorKinds } from "./graph-error.ts";

const [support, sales] = ["106540352242922", "106540352242923"] as const;
const throttled = (seconds?: number) => new GraphError("throttled", "HTTP 400, code 4", seconds);

/** A back-off with a clock to move, and calls that are counted. */
function setUp(random = () => 1) {
  const clock = { now: 1_000_000 };
  const backOff = createBackOff(() => clock.now, random);
  const calls: string[] = [];
  const call = (number: string, outcome: Error | Promise<string> | string = "answer") =>
    backOff(number, async () => {
      calls.push(number);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    });
  /** @returns for how many seconds the number is left alone */
  const pauseOf = async (called: Promise<unknown>) => {
    const error: unknown = await called.then(Object, (reason) => reason);
    expect(error).toMatchObject({ kind: "throttled" });
    return error instanceof GraphError ? error.retryAfterSeconds : undefined;
  };
  return { backOff, call, calls, clock, pauseOf };
}

describe("createBackOff", () => {
  it.each([1, 42, 900])(
    "F31 leaves a number alone for the %i s that WhatsApp asks for",
    async (asked) => {
      const { call, calls, clock, pauseOf } = setUp();
      expect(await pauseOf(call(support, throttled(asked)))).toBe(asked);
      clock.now += asked * 1000 - 1;
      expect(await pauseOf(call(support))).toBe(1);
      expect(calls).toHaveLength(1);
      clock.now += 1;
      expect(await call(support)).toBe("answer");
    },
  );

  it("F31 tries again after a quarter of an hour, however long WhatsApp asks for", async () => {
    const { call, clock, pauseOf } = setUp();
    expect(await pauseOf(call(support, throttled(86_400)))).toBe(900);
    clock.now += 900_000;
    expect(await call(support)).toBe("answer");
  });

  it("F31 pauses longer each time that it is throttled again, up to a quarter of an hour", async () => {
    const { call, clock, pauseOf } = setUp();
    const pauses: (number | undefined)[] = [];
    for (let times = 0; times < 20; times++) {
      const seconds = await pauseOf(call(support, throttled()));
      pauses.push(seconds);
      clock.now += (seconds ?? 0) * 1000;
    }
    expect(pauses.slice(0, 9)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900]);
    expect(new Set(pauses.slice(9))).toEqual(new Set([900]));
  });

  it.each([
    [0, 3],
    [0.5, 4],
    [1, 5],
  ])("F31 pauses at random (%d), so that not all come back together", async (random, seconds) => {
    const { call, pauseOf } = setUp(() => random);
    expect(await pauseOf(call(support, throttled()))).toBe(seconds);
  });

  it("F31 begins anew once a call has succeeded", async () => {
    const { call, clock, pauseOf } = setUp();
    await pauseOf(call(support, throttled()));
    clock.now += 5_000;
    await call(support);
    expect(await pauseOf(call(support, throttled()))).toBe(5);
  });

  it("F31 counts calls that are throttled together as one", async () => {
    const { call, pauseOf } = setUp();
    const together = await Promise.all(
      Array.from({ length: 30 }, () => pauseOf(call(support, throttled()))),
    );
    expect(new Set(together)).toEqual(new Set([5]));
  });

  it("F31 goes by the longest pause among calls that are throttled together", async () => {
    const { call, pauseOf } = setUp();
    const asked = [throttled(60), throttled(), throttled(2)];
    const pauses = await Promise.all(asked.map((error) => pauseOf(call(support, error))));
    expect(pauses).toEqual([60, 60, 60]);
    expect(await pauseOf(call(support))).toBe(60);
  });

  it("F31 is not undone by a call that had begun before", async () => {
    const { call, calls, pauseOf } = setUp();
    let answer = (_text: string) => {};
    const early = call(support, new Promise((resolve) => (answer = resolve)));
    await pauseOf(call(support, throttled(60)));
    answer("late answer");
    expect(await early).toBe("late answer");
    expect(await pauseOf(call(support))).toBe(60);
    expect(calls).toHaveLength(2);
  });

  it("F31 leaves other numbers to themselves", async () => {
    const { call, calls, pauseOf } = setUp();
    await pauseOf(call(support, throttled(60)));
    expect(await call(sales)).toBe("answer");
    expect(await pauseOf(call(support))).toBe(60);
    expect(calls).toEqual([support, sales]);
  });

  it.each(graphErrorKinds.filter((kind) => kind !== "throttled"))(
    "leaves nobody alone for %s",
    async (kind) => {
      const { call } = setUp();
      const error = new GraphError(kind, kind);
      await expect(call(support, error)).rejects.toBe(error);
      expect(await call(support)).toBe("answer");
    },
  );

  it("remembers a bounded number of numbers, the latest", async () => {
    const { call, pauseOf } = setUp();
    for (let number = 1; number <= 10_001; number++) {
      await pauseOf(call(String(number), throttled(60)));
    }
    expect(await call("1")).toBe("answer");
    expect(await pauseOf(call("2"))).toBe(60);
    expect(await pauseOf(call("10001"))).toBe(60);
  });
});
