import { describe, expect, it } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { createSingleFlight } from "./single-flight.ts";

/** A call that ends when it is told to, and remembers its signal. */
function heldCall() {
  const calls: {
    signal: AbortSignal;
    resolve: (value: string) => void;
    reject: (e: Error) => void;
  }[] = [];
  const start = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      calls.push({ signal, resolve, reject });
      signal.addEventListener("abort", () => reject(new Error("the call was aborted")));
    });
  const call = (index = 0) => {
    const found = calls[index];
    if (!found) throw new Error(`There is no call ${index}.`);
    return found;
  };
  return { start, call, count: () => calls.length };
}

describe("createSingleFlight", () => {
  it("makes one call for many callers with one key", async () => {
    const share = createSingleFlight<string>();
    const { start, call, count } = heldCall();
    const results = Array.from({ length: 50 }, () => share("key", noAbort, start));
    expect(count()).toBe(1);
    call().resolve("answer");
    expect(new Set(await Promise.all(results))).toEqual(new Set(["answer"]));
  });

  it("does not share between keys", async () => {
    const share = createSingleFlight<string>();
    const { start, call } = heldCall();
    const results = [share("a", noAbort, start), share("b", noAbort, start)];
    call(0).resolve("for a");
    call(1).resolve("for b");
    expect(await Promise.all(results)).toEqual(["for a", "for b"]);
  });

  it("lets one caller leave at once without ending the call for the others", async () => {
    const share = createSingleFlight<string>();
    const { start, call } = heldCall();
    const leaving = new AbortController();
    const left = share("key", leaving.signal, start);
    const stayed = share("key", noAbort, start);
    leaving.abort(new Error("I have left"));
    await expect(left).rejects.toThrow("I have left");
    expect(call().signal.aborted).toBe(false);
    call().resolve("answer");
    expect(await stayed).toBe("answer");
  });

  it("aborts the call when the last caller has left", async () => {
    const share = createSingleFlight<string>();
    const { start, call } = heldCall();
    const leaving = [new AbortController(), new AbortController()];
    const left = leaving.map(({ signal }) => share("key", signal, start));
    const settled = Promise.allSettled(left);
    leaving[0]?.abort();
    expect(call().signal.aborted).toBe(false);
    leaving[1]?.abort();
    expect(call().signal.aborted).toBe(true);
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("starts afresh for who comes after the last caller left", async () => {
    const share = createSingleFlight<string>();
    const { start, call, count } = heldCall();
    const leaving = new AbortController();
    const left = share("key", leaving.signal, start);
    leaving.abort();
    const next = share("key", noAbort, start);
    expect(count()).toBe(2);
    call(1).resolve("second answer");
    await expect(left).rejects.toThrow();
    expect(await next).toBe("second answer");
  });

  it("hands an error to every caller, and starts afresh afterwards", async () => {
    const share = createSingleFlight<string>();
    const { start, call, count } = heldCall();
    const results = [share("key", noAbort, start), share("key", noAbort, start)];
    const settled = Promise.allSettled(results);
    call().reject(new Error("no answer"));
    for (const result of await settled) {
      expect(result).toMatchObject({ status: "rejected", reason: { message: "no answer" } });
    }
    const next = share("key", noAbort, start);
    expect(count()).toBe(2);
    call(1).resolve("answer");
    expect(await next).toBe("answer");
  });

  it("keeps no answer: the next call after a success starts afresh", async () => {
    const share = createSingleFlight<string>();
    expect(await share("key", noAbort, async () => "first")).toBe("first");
    expect(await share("key", noAbort, async () => "second")).toBe("second");
  });

  it("starts nothing for a caller who has left already", async () => {
    const share = createSingleFlight<string>();
    const { start, count } = heldCall();
    const call = async () => share("key", AbortSignal.abort(new Error("gone")), start);
    await expect(call()).rejects.toThrow("gone");
    expect(count()).toBe(0);
  });

  it("ignores that a caller leaves after the answer", async () => {
    const share = createSingleFlight<string>();
    const leaving = new AbortController();
    expect(await share("key", leaving.signal, async () => "answer")).toBe("answer");
    const { start, call } = heldCall();
    const next = share("key", noAbort, start);
    leaving.abort();
    expect(call().signal.aborted).toBe(false);
    call().resolve("next answer");
    expect(await next).toBe("next answer");
  });
});
