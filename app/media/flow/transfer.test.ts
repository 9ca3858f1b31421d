import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lookup, TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import { startTransfer } from "./testing/transfer.ts";

const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const LARGE = ["a", "b", "c"].map((letter) => letter.repeat(40_000));

describe("a transfer", () => {
  it.each([
    ["a small file in one piece", ["whole"]],
    ["a small file in forty", Array.from({ length: 40 }, (_, index) => `chunk ${index};`)],
    ["a large file", LARGE],
    ["a large file byte by byte at first", ["x", "y", "z", ...LARGE]],
  ])("F45 passes on %s unchanged, with and without a declared length", async (_, chunks) => {
    const whole = chunks.join("");
    for (const length of [whole.length, undefined]) {
      const { flow, reports, sink } = startTransfer(
        { body: TestBody.of(...chunks), length, lookup: lookup({ fileSize: null }) },
        { expectedSha256: hex(whole) },
      );
      await flow();
      expect(sink.text === whole).toBe(true);
      expect(sink.state).toBe("ended");
      expect(reports).toEqual([{ bytes: whole.length, outcome: "complete", continuations: 0 }]);
    }
  });

  it.each([0, undefined])("ends an empty file of length %j cleanly", async (length) => {
    const { flow, reports, sink } = startTransfer(
      { body: TestBody.of(), length, lookup: lookup({ fileSize: null }) },
      { expectedSha256: hex("") },
    );
    await flow();
    expect(sink).toMatchObject({ text: "", state: "ended" });
    expect(reports).toMatchObject([{ bytes: 0, outcome: "complete" }]);
  });

  it("reports its end only when all has left", async () => {
    const { flow, reports, sink } = startTransfer({ body: TestBody.of("file") });
    let left = () => {};
    sink.leave = (done) => {
      left = done;
    };
    await flow();
    expect(sink).toMatchObject({ text: "file", state: "ended" });
    expect(reports).toEqual([]);
    left();
    expect(reports).toMatchObject([{ bytes: 4, outcome: "complete" }]);
  });

  it("does not check a part against the hash of the whole", async () => {
    for (const contentRange of [
      { first: 0, last: 3, total: 9 },
      { first: 5, last: 8, total: 9 },
      { first: 0, last: 3, total: null },
    ]) {
      const { flow, sink } = startTransfer(
        { status: 206, contentRange, body: TestBody.of("part") },
        { expectedSha256: hex("the whole") },
      );
      await flow();
      expect(sink).toMatchObject({ text: "part", state: "ended" });
    }
  });
});

describe("the first bytes", () => {
  afterEach(() => void vi.useRealTimers());

  it("are there once it is primed, and nothing has gone out yet", async () => {
    const body = new TestBody();
    const { reports, transfer } = startTransfer({ body, length: 100_000 });
    const primed = transfer.prime();
    body.push("x".repeat(31));
    expect(await Promise.race([primed, settle()])).toBeUndefined();
    body.push("yz");
    expect((await primed).subarray(0, 33).toString()).toBe(`${"x".repeat(31)}yz`);
    expect(body.paused).toBe(true);
    expect(reports).toEqual([]);
    transfer.stop("internal", "the test is over");
  });

  it("of a small file are waited for until all of it is there", async () => {
    const body = new TestBody();
    const { flow, sink } = startTransfer({ body, length: 64 * 1024 });
    const flowing = flow();
    body.push("x".repeat(64 * 1024 - 1));
    expect(await Promise.race([flowing.then(() => "primed"), settle()])).toBeUndefined();
    body.push("y");
    await flowing;
    expect(sink.state).toBe("ended");
  });

  it("of a small file that trickles go out after a quarter of a second", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const body = new TestBody();
    const { sink, transfer } = startTransfer({ body, length: 10 });
    const primed = transfer.prime();
    await vi.advanceTimersByTimeAsync(10_000);
    body.push("some");
    await vi.advanceTimersByTimeAsync(249);
    expect(body.paused).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await primed).toString()).toBe("some");
    transfer.flow(sink);
    expect(sink).toMatchObject({ text: "some", state: "open" });
    body.push("-more!");
    expect(sink).toMatchObject({ text: "some-more!", state: "ended" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("backpressure", () => {
  it("F54 stops WhatsApp while the sink is full, and only then", async () => {
    const body = TestBody.of(...LARGE);
    const { flow, sink, transfer } = startTransfer({ body, length: 120_000 });
    sink.full = true;
    await flow();
    expect(sink.chunks).toHaveLength(1);
    expect(body.paused).toBe(true);
    transfer.drained();
    expect(sink.chunks).toHaveLength(2);
    expect(body.paused).toBe(true);
    sink.full = false;
    transfer.drained();
    expect(sink.state).toBe("ended");
    expect(sink.text === LARGE.join("")).toBe(true);
  });

  it("takes it calmly when the sink says that it has room, though it never was full", async () => {
    const body = new TestBody();
    const { flow, sink, transfer } = startTransfer({ body, length: 100_000 });
    transfer.drained();
    const flowing = flow();
    transfer.drained();
    body.push(LARGE[0] ?? "");
    await flowing;
    transfer.drained();
    expect(sink.chunks).toHaveLength(1);
    transfer.stop("internal", "the test is over");
    transfer.drained();
    expect(sink.state).toBe("broken");
  });
});

describe("since when WhatsApp is waited for", () => {
  it("is told while it is, and not while the person is waited for or all is over", async () => {
    let now = 1_000;
    const body = new TestBody();
    const { flow, sink, transfer } = startTransfer({ body, length: 120_000 }, { now: () => now });
    expect(transfer.waitingSince()).toBe(1_000);
    const flowing = flow();
    now = 2_000;
    body.push(LARGE[0] ?? "");
    now = 3_000;
    await flowing;
    expect(transfer.waitingSince()).toBe(3_000);
    sink.full = true;
    body.push(LARGE[1] ?? "");
    expect(transfer.waitingSince()).toBeUndefined();
    now = 4_000;
    transfer.drained();
    expect(transfer.waitingSince()).toBe(4_000);
    body.push(LARGE[2] ?? "");
    expect(transfer.waitingSince()).toBeUndefined();
  });
});
