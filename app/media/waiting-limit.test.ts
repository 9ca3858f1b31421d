import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { MediaFailure } from "./file/failure.ts";
import { createWaitingLimit } from "./waiting-limit.ts";

const anna = { companyId: 1, userId: 1 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: 1_000_000 });
});
afterEach(() => void vi.useRealTimers());

/** Which of a person's fetches have been given up. */
const givenUp = (works: { signal: AbortSignal }[]) =>
  works.flatMap(({ signal }, index) => (signal.aborted ? [index] : []));

function setUp() {
  const { begin } = createWaitingLimit();
  const beginMany = (count: number, person = anna) =>
    Array.from({ length: count }, () => begin(person, noAbort));
  return { begin, beginMany };
}

describe("createWaitingLimit", () => {
  it("gives up all but four of a person's fetches once they have waited four seconds", () => {
    const works = setUp().beginMany(6);
    vi.advanceTimersByTime(4_000);
    expect(givenUp(works)).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(givenUp(works)).toEqual([0, 1]);
    expect(works[0]?.signal.reason).toBeInstanceOf(MediaFailure);
    expect(works[0]?.signal.reason).toMatchObject({ kind: "timeout" });
  });

  it.each([1, 4])("lets %i fetches wait for as long as they like", (count) => {
    const works = setUp().beginMany(count);
    vi.advanceTimersByTime(60_000);
    expect(givenUp(works)).toEqual([]);
  });

  it("gives up the longest waits first", () => {
    const works = setUp().beginMany(6);
    const now = Date.now();
    [5, 1, 6, 2, 4, 3].forEach((age, index) => {
      const work = works[index];
      if (work) work.waitingSince = () => now - age * 1_000;
    });
    vi.advanceTimersByTime(5_000);
    expect(givenUp(works)).toEqual([0, 2]);
  });

  it("counts only those that wait for WhatsApp, and for more than four seconds", () => {
    const works = setUp().beginMany(12);
    works.forEach((work, index) => {
      if (index < 4) work.waitingSince = () => undefined;
      else if (index < 8) work.waitingSince = () => Date.now() - 3_999;
    });
    vi.advanceTimersByTime(60_000);
    expect(givenUp(works)).toEqual([]);
  });

  it("goes by each person, where the same number means another in another company", () => {
    const { beginMany } = setUp();
    const groups = [anna, { companyId: 1, userId: 2 }, { companyId: 2, userId: 1 }].map((person) =>
      beginMany(4, person),
    );
    vi.advanceTimersByTime(60_000);
    expect(groups.map(givenUp)).toEqual([[], [], []]);
  });

  it("no longer counts a fetch that has ended, also twice", () => {
    const works = setUp().beginMany(5);
    works[4]?.end();
    works[4]?.end();
    vi.advanceTimersByTime(60_000);
    expect(givenUp(works)).toEqual([]);
  });

  it("F53 aborts with the person's own signal and reason, also one that is long aborted", () => {
    const { begin } = setUp();
    const leaving = new AbortController();
    const work = begin(anna, leaving.signal);
    const reason = new Error("left");
    leaving.abort(reason);
    const late = begin(anna, leaving.signal);
    for (const { signal } of [work, late]) {
      expect(signal.aborted).toBe(true);
      expect(signal.reason).toBe(reason);
    }
  });

  it("hears nothing of a person's leaving after its end", () => {
    const leaving = new AbortController();
    const work = setUp().begin(anna, leaving.signal);
    work.end();
    leaving.abort();
    expect(work.signal.aborted).toBe(false);
  });

  it("has no timer while there is nothing to watch, and one while there is", () => {
    const { beginMany } = setUp();
    expect(vi.getTimerCount()).toBe(0);
    const works = beginMany(3);
    expect(vi.getTimerCount()).toBe(1);
    for (const work of works) work.end();
    expect(vi.getTimerCount()).toBe(0);
    const [again] = beginMany(1);
    expect(vi.getTimerCount()).toBe(1);
    again?.end();
  });
});
