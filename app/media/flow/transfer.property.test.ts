import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { lookup, openMedia, TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import { MediaFailure } from "../file/failure.ts";
import { startTransfer } from "./testing/transfer.ts";

const FILE = Buffer.from(
  Array.from({ length: 200_000 }, (_, index) => (index * 31 + (index >> 8)) % 253),
);

/** How a continuation is answered. */
const ANSWERS = ["206", "200", "another part", "another file", "none"] as const;

interface Break {
  /** Bytes of the file after which the body breaks; before them, it breaks at once. */
  at: number;
  how: "end" | "error";
  answer: (typeof ANSWERS)[number];
}

/** A body from one byte on, in chunks of these sizes, up to its break. */
function bodyOf(file: Buffer, from: number, sizes: number[], broken: Break | undefined): TestBody {
  const body = new TestBody();
  const until = broken ? Math.max(from, Math.min(broken.at, file.length)) : file.length;
  for (let at = from, n = 0; at < until; n++) {
    const end = Math.min(until, at + (sizes[n % sizes.length] ?? 1));
    body.push(file.subarray(at, end));
    at = end;
  }
  if (broken?.how === "error") body.fail("read ECONNRESET");
  else body.end();
  return body;
}

const size = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: FILE.length }));
const aBreak = fc.record<Break>({
  at: size,
  how: fc.constantFrom("end", "error"),
  answer: fc.constantFrom("206", "206", "206", "200", "200", ...ANSWERS),
});
const worlds = fc.record({
  size,
  chunks: fc.array(fc.integer({ min: 500, max: 70_000 }), { minLength: 1, maxLength: 8 }),
  breaks: fc.array(aBreak, { maxLength: 5 }),
  declared: fc.constantFrom("by the download", "by the look-up", "by nobody"),
  /** Whether the sink is full after each of its chunks. */
  full: fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
  /** After so many turns. */
  leaves: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 8, nil: Number.POSITIVE_INFINITY }),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** A file at WhatsApp, and a transfer of it. */
function setUp({ declared, breaks, chunks, ...given }: World, signal: AbortSignal) {
  const file = FILE.subarray(0, given.size);
  const bodies: TestBody[] = [];
  const bodyFrom = (first: number) => {
    const body = bodyOf(file, first, chunks, breaks[bodies.length]);
    bodies.push(body);
    return body;
  };
  const claims = {
    length: declared === "by the download" ? file.length : undefined,
    lookup: lookup({ fileSize: declared === "by the look-up" ? file.length : null }),
    etag: "1",
  };
  const whole = (fields = {}) => openMedia({ ...claims, body: bodyFrom(0), ...fields });
  const part = (first: number) => {
    const contentRange = { first, last: file.length - 1, total: file.length };
    return openMedia({ ...claims, status: 206, contentRange, body: bodyFrom(first) });
  };
  const reopen = async (range: string | undefined) => {
    await turn();
    const first = Number(/^bytes=(\d+)-$/.exec(range ?? "bytes=0-")?.[1]);
    const answer = breaks[bodies.length - 1]?.answer;
    if (answer === "none") throw new MediaFailure("gone");
    if (answer === "another file") return whole({ etag: "2" });
    if (answer === "200" || range === undefined) return whole();
    if (first >= file.length) throw new MediaFailure("range");
    return part(answer === "206" ? first : Math.max(0, first - 1));
  };
  const expectedSha256 = createHash("sha256").update(file).digest("hex");
  const options = { expectedSha256, signal, reopen };
  return { file, bodies, ...startTransfer({ ...claims, body: bodyFrom(0) }, options) };
}

/** Lets it flow into a sink that is full now and then, until it is over. */
async function run({ full, leaves }: World, world: ReturnType<typeof setUp>, leave: () => void) {
  const { sink, transfer } = world;
  const take = sink.write.bind(sink);
  sink.write = (chunk) => take(chunk) && !full[sink.chunks.length % full.length];
  transfer.flow(sink);
  for (let turns = 0; sink.state === "open"; turns++) {
    if (turns >= leaves) leave();
    if (turns > 5_000) throw new Error("It is never over.");
    await turn();
    transfer.drained();
  }
}

/** Whether nothing happens that can't be mended. */
const isMendable = ({ breaks, declared, leaves, size }: World) =>
  leaves === Number.POSITIVE_INFINITY &&
  declared !== "by nobody" &&
  breaks.length <= 3 &&
  breaks.every(({ at, answer }) => at < size && (answer === "206" || answer === "200"));

it("F35 F37 F45 F53 a sink gets exactly the file or breaks off, whatever happens", async () => {
  const seen = { complete: 0, broken: 0, unprimed: 0, mended: 0 };
  const property = fc.asyncProperty(worlds, async (given) => {
    const leaving = new AbortController();
    const world = setUp(given, leaving.signal);
    const { bodies, file, reports, sink, transfer } = world;
    const failure: unknown = await transfer.prime().then(
      () => undefined,
      (error) => error,
    );
    if (!failure) await run(given, world, () => leaving.abort());
    await settle();

    const received = Buffer.concat(sink.chunks);
    expect(received.equals(file.subarray(0, received.length))).toBe(true);
    expect(bodies.every(({ destroyed }) => destroyed)).toBe(true);
    if (failure) {
      seen.unprimed += 1;
      expect(failure).toBeInstanceOf(MediaFailure);
      expect([received.length, reports]).toEqual([0, []]);
      expect(isMendable(given)).toBe(false);
      return;
    }
    expect(reports).toHaveLength(1);
    expect(reports[0]?.bytes).toBe(received.length);
    expect(reports[0]?.outcome === "complete").toBe(sink.state === "ended");
    if (sink.state === "ended") expect(received.length).toBe(file.length);
    if (isMendable(given)) expect(sink.state).toBe("ended");
    seen[sink.state === "ended" ? "complete" : "broken"] += 1;
    if (sink.state === "ended" && bodies.length > 1) seen.mended += 1;
  });
  await fc.assert(property, { numRuns: 500 });
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(10);
});
