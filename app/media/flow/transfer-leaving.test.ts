import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { openMedia, TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import { MediaFailure } from "../file/failure.ts";
import { startTransfer } from "./testing/transfer.ts";

const CHUNK = "x".repeat(40_000);

/** A large file of which one chunk has come, and a person who can leave. */
function setUp(body = new TestBody()) {
  const leaving = new AbortController();
  body.push(CHUNK);
  const media = { body, length: 100_000 };
  return { body, leaving, ...startTransfer(media, { signal: leaving.signal }) };
}

describe("when the person leaves", () => {
  it("F53 before it is primed, the body is closed and the signal's reason is thrown", async () => {
    const body = new TestBody();
    const leaving = new AbortController();
    const { reports, transfer } = startTransfer({ body }, { signal: leaving.signal });
    const primed = transfer.prime();
    leaving.abort(new Error("left"));
    expect(body.destroyed).toBe(true);
    await expect(primed).rejects.toThrow("left");
    expect(reports).toEqual([]);
  });

  it("F53 before anything was asked, the same", async () => {
    const body = TestBody.of("file");
    const signal = AbortSignal.abort(new Error("left"));
    const { reports, transfer } = startTransfer({ body }, { signal });
    await expect(transfer.prime()).rejects.toThrow("left");
    expect(body.destroyed).toBe(true);
    expect(reports).toEqual([]);
  });

  it("F53 once it is primed, it breaks off whatever it is then given to flow into", async () => {
    const { body, leaving, reports, sink, transfer } = setUp();
    await transfer.prime();
    leaving.abort();
    expect(body.destroyed).toBe(true);
    expect(reports).toMatchObject([{ bytes: 0, outcome: "client-left" }]);
    transfer.flow(sink);
    expect(sink).toMatchObject({ text: "", state: "broken" });
    expect(reports).toHaveLength(1);
  });

  it("F53 while WhatsApp is waited for, the body is closed at once and reported once", async () => {
    const { body, flow, leaving, reports, sink } = setUp();
    await flow();
    leaving.abort();
    expect(body.destroyed).toBe(true);
    expect(sink.state).toBe("broken");
    body.push("late");
    await settle();
    expect(reports).toMatchObject([{ bytes: CHUNK.length, outcome: "client-left" }]);
  });

  it("F53 while their browser is slow, the same", async () => {
    const { body, flow, leaving, reports, sink, transfer } = setUp();
    sink.full = true;
    await flow();
    leaving.abort();
    expect(body.destroyed).toBe(true);
    transfer.drained();
    expect(reports).toMatchObject([{ outcome: "client-left" }]);
  });

  it("F53 while a broken body is opened again, the rest is closed as soon as it comes", async () => {
    const leaving = new AbortController();
    const body = new TestBody();
    body.push(CHUNK);
    const rest = openMedia({ body: new TestBody(), status: 200, length: 100_000 });
    let open = (_media: typeof rest) => {};
    const { flow, reports, sink } = startTransfer(
      { body, length: 100_000 },
      { signal: leaving.signal, reopen: () => new Promise((resolve) => (open = resolve)) },
    );
    await flow();
    body.fail("read ECONNRESET");
    leaving.abort();
    expect(sink.state).toBe("broken");
    open(rest);
    await settle();
    expect(rest.body).toMatchObject({ destroyed: true });
    expect(reports).toMatchObject([{ outcome: "client-left", bytes: CHUNK.length }]);
  });

  it("after all has left, it stays complete", async () => {
    const leaving = new AbortController();
    const { flow, reports } = startTransfer({}, { signal: leaving.signal });
    await flow();
    leaving.abort();
    expect(reports).toMatchObject([{ bytes: 4, outcome: "complete" }]);
  });

  it("after any end, nobody listens for it any more", async () => {
    const { signal } = new AbortController();
    for (const body of [TestBody.of("file"), TestBody.of("fi"), TestBody.of("file!")]) {
      await startTransfer({ body }, { signal })
        .flow()
        .catch(() => {});
      expect(getEventListeners(signal, "abort")).toEqual([]);
    }
  });

  it("before the last bytes have left, it is not complete", async () => {
    const leaving = new AbortController();
    const { flow, reports, sink } = startTransfer({}, { signal: leaving.signal });
    let left = () => {};
    sink.leave = (done) => {
      left = done;
    };
    await flow();
    leaving.abort();
    left();
    expect(reports).toMatchObject([{ outcome: "client-left" }]);
  });
});

describe("when the fetch is given up for the person", () => {
  const givenUp = new MediaFailure("timeout", { detail: "too many of the person's files wait" });

  it("tells why before it is primed", async () => {
    const leaving = new AbortController();
    const body = new TestBody();
    const { transfer } = startTransfer({ body }, { signal: leaving.signal });
    const primed = transfer.prime();
    leaving.abort(givenUp);
    await expect(primed).rejects.toMatchObject({ kind: "timeout", detail: givenUp.detail });
    expect(body.destroyed).toBe(true);
  });

  it("reports why once it flows", async () => {
    const { body, flow, leaving, reports, sink } = setUp();
    await flow();
    leaving.abort(givenUp);
    expect(body.destroyed).toBe(true);
    expect(sink.state).toBe("broken");
    expect(reports).toMatchObject([{ outcome: "timeout", detail: givenUp.detail }]);
  });
});
