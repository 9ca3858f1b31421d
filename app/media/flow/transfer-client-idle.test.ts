import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import { DEADLINES } from "./deadlines.ts";
import { startTransfer } from "./testing/transfer.ts";

const TICK = 1_000;
const CHUNKS = 5;
const CHUNK = "x".repeat(40_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

async function pass(ms: number) {
  vi.advanceTimersByTime(ms);
  await settle();
}

describe("when the person's browser stops reading", () => {
  it.each([1, 3, CHUNKS - 1])(
    "F54 after %i of 5 chunks, it ends and closes the body",
    async (taken) => {
      const body = TestBody.of(...Array<string>(CHUNKS).fill(CHUNK));
      const media = { body, length: CHUNKS * CHUNK.length };
      const { flow, reports, sink, transfer } = startTransfer(media);
      sink.full = true;
      await flow();
      for (let chunks = 1; chunks < taken; chunks++) {
        await pass(DEADLINES.clientIdleMs / 2);
        transfer.drained();
      }
      expect(sink.chunks).toHaveLength(taken);
      await pass(DEADLINES.clientIdleMs);
      expect(body.destroyed).toBe(false);
      await pass(TICK);
      expect(body.destroyed).toBe(true);
      expect(sink.state).toBe("broken");
      expect(reports).toMatchObject([{ outcome: "client-idle", bytes: taken * CHUNK.length }]);
    },
  );

  it("F54 from the start, it ends, and breaks off whatever comes to take the bytes", async () => {
    const { reports, sink, transfer } = startTransfer({});
    await transfer.prime();
    await pass(DEADLINES.clientIdleMs + TICK);
    expect(reports).toMatchObject([{ outcome: "client-idle", bytes: 0 }]);
    transfer.flow(sink);
    expect(sink).toMatchObject({ state: "broken", text: "" });
    expect(reports).toHaveLength(1);
  });

  it("F54 with the last bytes on their way, it ends too", async () => {
    const { flow, reports, sink } = startTransfer({});
    sink.leave = () => {};
    await flow();
    await pass(DEADLINES.clientIdleMs + TICK);
    expect(reports).toMatchObject([{ outcome: "client-idle" }]);
  });
});
