import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lookup, openMedia, TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import type { OpenMedia } from "../source/open-media.server.ts";
import { startTransfer } from "./testing/transfer.ts";

const DEADLINES = {
  firstByteMs: 3_000,
  upstreamIdleMs: 5_000,
  clientIdleMs: 20_000,
  totalMs: 60_000,
};
const TICK = 1_000;
const CHUNK = "x".repeat(40_000);
const CHUNKS = 5;
const ALL = CHUNKS * CHUNK.length;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A file of several chunks of which some have come. */
function setUp(chunks: number, rests: OpenMedia[] = []) {
  const body = new TestBody();
  for (let n = 0; n < chunks; n++) body.push(CHUNK);
  const world = startTransfer({ body, length: ALL }, { deadlines: DEADLINES, rests });
  return { ...world, body };
}

async function pass(ms: number) {
  vi.advanceTimersByTime(ms);
  await settle();
}

const restFrom = (first: number, body: TestBody) =>
  openMedia({ status: 206, contentRange: { first, last: ALL - 1, total: ALL }, body });

describe("when WhatsApp stops sending", () => {
  it("F33 before the first byte, it fails with a timeout and asks for no rest", async () => {
    const body = new TestBody();
    const media = { body, length: ALL };
    const { asked, reports, transfer } = startTransfer(media, { deadlines: DEADLINES });
    const primed = transfer.prime();
    primed.catch(() => {});
    await pass(DEADLINES.firstByteMs);
    expect(body.destroyed).toBe(false);
    await pass(TICK);
    await expect(primed).rejects.toMatchObject({ kind: "timeout", detail: "no byte came" });
    expect(body.destroyed).toBe(true);
    expect([asked, reports]).toEqual([[], []]);
  });

  it.each([1, 3, CHUNKS - 1])(
    "F34 after %i of 5 chunks, the body is closed and continued from its next byte",
    async (chunks) => {
      const rest = Array.from({ length: CHUNKS - chunks }, () => CHUNK);
      const from = chunks * CHUNK.length;
      const continued = restFrom(from, TestBody.of(...rest));
      const { asked, body, flow, reports, sink } = setUp(chunks, [continued]);
      await flow();
      await pass(DEADLINES.upstreamIdleMs);
      expect(body.destroyed).toBe(false);
      await pass(TICK);
      expect(body.destroyed).toBe(true);
      expect(asked).toEqual([`bytes=${from}-`]);
      expect(sink.state).toBe("ended");
      expect(reports).toMatchObject([{ outcome: "complete", bytes: ALL, continuations: 1 }]);
    },
  );

  it.each([1, 3, CHUNKS - 1])(
    "F34 after %i of 5 chunks, and can't be continued, it breaks off",
    async (chunks) => {
      const { flow, reports, sink } = setUp(chunks);
      await flow();
      await pass(DEADLINES.upstreamIdleMs + TICK);
      expect(sink.state).toBe("broken");
      expect(reports).toMatchObject([
        {
          outcome: "upstream",
          bytes: chunks * CHUNK.length,
          detail: "WhatsApp stopped sending; not continued: there is no rest",
        },
      ]);
    },
  );

  it("F34 again and again, it is continued three times and then breaks off", async () => {
    const bodies = Array.from({ length: 4 }, () => new TestBody());
    const stalled = bodies.map((body) => restFrom(CHUNK.length, body));
    const { asked, flow, reports, sink } = setUp(1, stalled);
    await flow();
    for (let passed = 0; passed < 5 * DEADLINES.upstreamIdleMs; passed += TICK) await pass(TICK);
    expect(asked).toHaveLength(3);
    expect(sink.state).toBe("broken");
    expect(reports).toMatchObject([{ outcome: "timeout", continuations: 3 }]);
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true, true, false]);
  });

  it("F34 not, but sends slowly, all is well", async () => {
    const { body, flow, reports, sink } = setUp(1);
    await flow();
    for (let chunks = 1; chunks < CHUNKS; chunks++) {
      await pass(DEADLINES.upstreamIdleMs - TICK);
      body.push(CHUNK);
    }
    expect(sink.state).toBe("ended");
    expect(reports).toMatchObject([{ outcome: "complete", continuations: 0 }]);
  });

  it("F34 while the body is opened again, the time for that is not counted", async () => {
    const body = TestBody.of(CHUNK);
    const media = { body, length: 2 * CHUNK.length };
    let open = (_rest: OpenMedia) => {};
    const reopen = () => new Promise<OpenMedia>((resolve) => (open = resolve));
    const { flow, reports, sink } = startTransfer(media, { deadlines: DEADLINES, reopen });
    await flow();
    await pass(5 * DEADLINES.upstreamIdleMs);
    const rest = new TestBody();
    const contentRange = { first: CHUNK.length, last: 2 * CHUNK.length - 1, total: null };
    open(openMedia({ status: 206, contentRange, body: rest }));
    await settle();
    await pass(DEADLINES.upstreamIdleMs - TICK);
    rest.push(CHUNK);
    expect(sink.state).toBe("ended");
    expect(reports).toMatchObject([{ outcome: "complete", continuations: 1 }]);
  });
});

it("F34 a stall is noticed once a slow browser has room again, and continued", async () => {
  const continued = restFrom(CHUNK.length, TestBody.of(...Array<string>(CHUNKS - 1).fill(CHUNK)));
  const { asked, body, flow, reports, sink, transfer } = setUp(1, [continued]);
  sink.full = true;
  await flow();
  await pass(DEADLINES.clientIdleMs - TICK);
  expect(body.destroyed).toBe(false);
  sink.full = false;
  transfer.drained();
  await pass(DEADLINES.upstreamIdleMs);
  expect(asked).toEqual([]);
  await pass(TICK);
  expect(sink.state).toBe("ended");
  expect(reports).toMatchObject([{ outcome: "complete", continuations: 1 }]);
});

it("F34 the whole takes no longer than its deadline, however steadily it flows", async () => {
  const body = new TestBody();
  const media = { body, length: undefined, lookup: lookup({ fileSize: null }) };
  const { flow, reports, sink } = startTransfer(media, { deadlines: DEADLINES });
  for (const chunk of [CHUNK, CHUNK]) body.push(chunk);
  await flow();
  for (let passed = 0; passed <= DEADLINES.totalMs; passed += TICK) {
    expect(sink.state).toBe("open");
    body.push(CHUNK);
    await pass(TICK);
  }
  expect(body.destroyed).toBe(true);
  expect(sink.state).toBe("broken");
  expect(reports).toMatchObject([{ outcome: "timeout", detail: "the stream took too long" }]);
});

it("a file that is asked for late has as much time as any other to go on", async () => {
  const { body, reports, sink, transfer } = setUp(1);
  await transfer.prime();
  await pass(DEADLINES.clientIdleMs - TICK);
  transfer.flow(sink);
  await pass(TICK);
  for (let chunks = 1; chunks < CHUNKS; chunks++) body.push(CHUNK);
  expect(reports).toMatchObject([{ outcome: "complete", continuations: 0 }]);
});
