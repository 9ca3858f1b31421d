import { describe, expect, it } from "vitest";
import type { DownloadFaultInput } from "#simulator/faults/download.ts";
import type { WithoutHop } from "#simulator/faults/kinds/definition.ts";
import type { FaultInput } from "#simulator/faults/parse.ts";
import {
  expectBrokenOff,
  expectFailure,
  expectFile,
  expectNoFile,
  hostileWhatsapp,
} from "./testing/hostile.ts";

type Fault = WithoutHop<DownloadFaultInput>;

const whatsapp = hostileWhatsapp();
const download = (fault: Fault) => ({ on: "download", ...fault }) as DownloadFaultInput;
/** WhatsApp doesn't say how long the file is. */
const unsized: FaultInput = { on: "lookup", kind: "fields", fields: { file_size: null } };
const tapWith = (fault: Fault, options: { size?: number; more?: FaultInput[] } = {}) =>
  whatsapp.tap({ faults: [download(fault), ...(options.more ?? [])], size: options.size });

describe("a body that is too long or too short for its length", () => {
  it.each([-1, -50_000, -99_999, -100_000])(
    "F36 by %i bytes in its Content-Length is not taken for the file",
    async (by) => {
      expectNoFile(await tapWith({ kind: "wrongLength", by }));
    },
  );

  it.each([1, 5_000])("F35 by %i bytes less than its Content-Length breaks off", async (by) => {
    expectBrokenOff(await tapWith({ kind: "wrongLength", by }));
  });

  it.each([1, 1_000, 1_000_000])(
    "F36 by %i bytes more than the look-up said is not taken for the file",
    async (extraBytes) => {
      expectNoFile(await tapWith({ kind: "oversize", extraBytes }));
    },
  );

  it.each([1_000, 100_000, 500_000])(
    "F36 of %i bytes and another answer behind it is the file, and so is each one after it",
    async (size) => {
      for (let count = 0; count < 3; count++) {
        const tap = await tapWith({ kind: "secondAnswer" }, { size });
        expectFile(tap);
        expectFile(await whatsapp.tapAgain(tap, { range: "bytes=0-9" }), 0, 10);
      }
    },
  );

  it.each([0, 1, 65_536, 65_537, 1_000_000])(
    "F45 of %i bytes and without a length is counted and comes",
    async (size) => {
      expectFile(await tapWith({ kind: "chunked" }, { size }));
      expectFile(await tapWith({ kind: "chunked" }, { size, more: [unsized] }));
    },
  );

  it.each([0, 4_096, 99_999])(
    "F35 F45 that ends cleanly after %i bytes, with no length anywhere, is not taken for the file",
    async (afterBytes) => {
      expectNoFile(await tapWith({ kind: "endEarly", afterBytes }, { more: [unsized] }));
    },
  );
});

describe("a body over the cap of 128 MiB", () => {
  it.each([129 * 1024 * 1024, 10 ** 14])("F42 that says so (%i bytes) is a 502", async (by) => {
    const tap = await tapWith({ kind: "wrongLength", by });
    expectFailure(tap, 502, "upstream");
    expect(whatsapp.asked(tap, "download")).toHaveLength(1);
  });

  it("F42 that doesn't say so is cut there", async () => {
    const fault = { kind: "oversize", extraBytes: 300_000_000 } as const;
    const tap = await tapWith(fault, { more: [unsized] });
    expectBrokenOff(tap);
    expect(tap.answer?.body.length).toBeLessThanOrEqual(128 * 1024 * 1024);
    const [request] = whatsapp.asked(tap, "download");
    expect(request?.bytesSent).toBeLessThan(200_000_000);
  });
});

describe("a body with another file's bytes", () => {
  const sizes = [20_000, 300_000];
  const places = [
    ["first", 0],
    ["middle", 0.5],
    ["last", 1],
  ] as const;

  it.each(sizes.flatMap((size) => places.map(([name, share]) => [name, size, share] as const)))(
    "F37 whose %s byte of %i is wrong is a 502 while that is possible, and breaks off after",
    async (_, size, share) => {
      const position = Math.round((size - 1) * share);
      const tap = await tapWith({ kind: "wrongHash", position }, { size });
      if (size < 65_536) expectFailure(tap, 502, "upstream");
      else expectBrokenOff(tap);
    },
  );

  it.each([
    ["only the webhook", true, null],
    ["only the look-up", false, undefined],
    ["both", true, undefined],
  ] as const)("F37 is found out by the hash that %s announced", async (_, webhook, lookup) => {
    const more: FaultInput[] =
      lookup === null ? [{ on: "lookup", kind: "fields", fields: { sha256: null } }] : [];
    const message = webhook ? {} : { mediaField: { sha256: null } };
    for (const kind of ["otherVersion", "wrongHash", "none"] as const) {
      const tap = await whatsapp.tap({ faults: [download({ kind }), ...more], message });
      if (kind === "none") expectFile(tap);
      else expectBrokenOff(tap);
    }
  });
});
