import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { lookup, openMedia, TestBody } from "#tests/support/open-media.ts";
import { startTransfer } from "./testing/transfer.ts";

const CHUNK = 40_000;
const hex = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const file = (size: number) => Buffer.alloc(size, "tapview ");
const chunksOf = (bytes: Buffer) =>
  Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, index) =>
    bytes.subarray(index * CHUNK, (index + 1) * CHUNK),
  );
const unknown = { length: undefined, lookup: lookup({ fileSize: null }) };

/** A small file comes whole before anything goes out, so its faults are told; a large one breaks off. */
const SMALL = 1_000;
const LARGE = 3 * CHUNK;
const PLACES = ["first", "middle", "last"] as const;
const at = (place: (typeof PLACES)[number], size: number) =>
  ({ first: 0, middle: Math.floor(size / 2), last: size - 1 })[place];

function withWrongByte(size: number, position: number): Buffer {
  const bytes = Buffer.from(file(size));
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  return bytes;
}

describe("a file whose SHA-256 is another", () => {
  it.each(PLACES)("F37 is refused whole when it is small, for its %s byte", async (place) => {
    for (const length of [SMALL, undefined]) {
      const body = TestBody.of(withWrongByte(SMALL, at(place, SMALL)));
      const { flow, reports, sink } = startTransfer(
        { ...unknown, body, length },
        { expectedSha256: hex(file(SMALL)) },
      );
      await expect(flow()).rejects.toMatchObject({
        kind: "upstream",
        detail: expect.stringContaining("SHA-256"),
      });
      expect(body.destroyed).toBe(true);
      expect([sink.text, reports]).toEqual(["", []]);
    }
  });

  it.each(PLACES)(
    "F37 loses its tail and breaks off when large, for its %s byte",
    async (place) => {
      for (const length of [LARGE, undefined]) {
        const body = TestBody.of(...chunksOf(withWrongByte(LARGE, at(place, LARGE))));
        const { flow, reports, sink } = startTransfer(
          { ...unknown, body, length },
          { expectedSha256: hex(file(LARGE)) },
        );
        await flow();
        expect(sink.state).toBe("broken");
        expect(sink.text.length).toBe(2 * CHUNK);
        expect(body.destroyed).toBe(true);
        expect(reports).toMatchObject([
          {
            bytes: 2 * CHUNK,
            outcome: "upstream",
            detail: expect.stringContaining("SHA-256"),
            continuations: 0,
          },
        ]);
      }
    },
  );

  it("F37 is found in a part that covers the whole", async () => {
    const contentRange = { first: 0, last: 3, total: 4 };
    const { flow, sink } = startTransfer(
      { status: 206, contentRange, body: TestBody.of("evil") },
      { expectedSha256: hex(Buffer.from("good")) },
    );
    await expect(flow()).rejects.toMatchObject({ kind: "upstream" });
    expect(sink.text).toBe("");
  });

  it.each(PLACES)("F37 is found when its %s byte got wrong in a continuation", async (place) => {
    const body = new TestBody();
    body.push(file(CHUNK));
    body.fail("read ECONNRESET");
    const rest = withWrongByte(LARGE - CHUNK, at(place, LARGE - CHUNK));
    const contentRange = { first: CHUNK, last: LARGE - 1, total: LARGE };
    const { flow, reports, sink } = startTransfer(
      { body, length: LARGE },
      {
        expectedSha256: hex(file(LARGE)),
        rests: [openMedia({ status: 206, contentRange, body: TestBody.of(...chunksOf(rest)) })],
      },
    );
    await flow();
    expect(sink.state).toBe("broken");
    expect(reports).toMatchObject([{ outcome: "upstream", continuations: 1 }]);
  });
});

describe("a file that is longer than announced", () => {
  it.each([1, 7, CHUNK])("F36 breaks off before its surplus of %i bytes", async (surplus) => {
    const sent = [file(CHUNK), file(CHUNK), file(CHUNK + surplus)];
    const declared = { length: LARGE };
    const lookedUp = { length: undefined, lookup: lookup({ fileSize: LARGE }) };
    for (const media of [declared, lookedUp]) {
      const body = TestBody.of(...sent);
      const { flow, reports, sink } = startTransfer({ ...media, body });
      await flow();
      expect(sink.state).toBe("broken");
      expect(sink.text.length).toBeLessThanOrEqual(LARGE);
      expect(body.destroyed).toBe(true);
      expect(reports).toMatchObject([
        { outcome: "upstream", detail: expect.stringContaining("longer") },
      ]);
    }
  });

  it("F36 is refused whole when it is small", async () => {
    const { flow, sink } = startTransfer({ body: TestBody.of("file!"), length: 4 });
    await expect(flow()).rejects.toMatchObject({
      kind: "upstream",
      detail: expect.stringContaining("longer"),
    });
    expect(sink.text).toBe("");
  });

  it("F36 ends with its last announced byte, where more follows by itself", async () => {
    const body = TestBody.of(file(LARGE), "more", "and more");
    const { flow, sink } = startTransfer({ body, length: LARGE });
    await flow();
    expect(sink.state).toBe("ended");
    expect(sink.text.length).toBe(LARGE);
    expect(body.destroyed).toBe(true);
  });
});

describe("a file beyond the cap", () => {
  it.each([
    ["at once", [file(LARGE + 1)]],
    ["in the middle", [file(CHUNK), file(LARGE), file(CHUNK)]],
    ["with its last byte", [file(LARGE), file(1)]],
  ])("F42 breaks off when its length is not declared: %s", async (_, chunks) => {
    const body = TestBody.of(...chunks);
    const { flow, reports, sink } = startTransfer({ ...unknown, body }, { maxBytes: LARGE });
    const failed = await flow().then(
      () => false,
      () => true,
    );
    expect(sink.text.length).toBeLessThanOrEqual(LARGE);
    expect(failed || sink.state === "broken").toBe(true);
    expect(body.destroyed).toBe(true);
    if (!failed)
      expect(reports).toMatchObject([
        { outcome: "upstream", detail: expect.stringContaining("longer") },
      ]);
  });

  it("F42 is no file that is just as long as the cap", async () => {
    const body = TestBody.of(...chunksOf(file(LARGE)));
    const { flow, sink } = startTransfer({ ...unknown, body }, { maxBytes: LARGE });
    await flow();
    expect(sink.state).toBe("ended");
  });
});
