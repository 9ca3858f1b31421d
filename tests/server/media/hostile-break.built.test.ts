import { describe, expect, it } from "vitest";
import type { DownloadFaultInput } from "#simulator/faults/download.ts";
import type { WithoutHop } from "#simulator/faults/kinds/definition.ts";
import { startSimulator } from "#simulator/server.ts";
import { waitUntil } from "#tests/support/wait.ts";
import { expectBrokenOff, expectFailure, expectFile, hostileWhatsapp } from "./testing/hostile.ts";

type Fault = WithoutHop<DownloadFaultInput>;

/** Milliseconds that WhatsApp's clock is ahead of ours. */
let ahead = 0;
const URL_LIFETIME_MS = 300_000;
const whatsapp = hostileWhatsapp(async () => ({
  simulator: await startSimulator({ now: () => Date.now() + ahead }),
}));
const download = (fault: Fault, times?: number) =>
  ({ on: "download", ...fault, times }) as DownloadFaultInput;
/** A body that breaks off in the middle, once. */
const broken = download({ kind: "truncate", afterBytes: 40_000 }, 1);

describe("a body that breaks off", () => {
  const places = [0, 1, 50_000, 99_999];
  const endings = ["fin", "rst"] as const;

  it.each(places.flatMap((afterBytes) => endings.map((ending) => [afterBytes, ending] as const)))(
    "F35 after %i bytes, with a %s, is continued from there",
    async (afterBytes, ending) => {
      const fault = download({ kind: "truncate", afterBytes, ending }, 1);
      const tap = await whatsapp.tap({ faults: [fault] });
      expectFile(tap);
      const [, rest, ...more] = whatsapp.asked(tap, "download");
      expect(rest?.range).toBe(afterBytes === 0 ? null : `bytes=${afterBytes}-`);
      expect(more).toEqual([]);
    },
  );

  it("F35 three times is continued three times, and the fourth time no more", async () => {
    const fault = { kind: "truncate", afterBytes: 10_000 } as const;
    expectFile(await whatsapp.tap({ faults: [download(fault, 3)] }));
    const tap = await whatsapp.tap({ faults: [download(fault)] });
    expectBrokenOff(tap);
    expect(tap.answer?.body.length).toBeLessThanOrEqual(40_000);
    expect(whatsapp.asked(tap, "download")).toHaveLength(4);
  });

  it("F35 again and again is a 502 for a small file, none of which has gone out", async () => {
    const fault = download({ kind: "truncate", afterBytes: 1_000 });
    expectFailure(await whatsapp.tap({ faults: [fault], size: 20_000 }), 502, "upstream");
  });

  it("F35 as if it were complete is continued too", async () => {
    for (const afterBytes of [0, 4_096, 99_999]) {
      const fault = download({ kind: "endEarly", afterBytes }, 1);
      expectFile(await whatsapp.tap({ faults: [fault] }));
    }
  });

  it("F35 F56 is continued inside the part that a person asked for", async () => {
    const fault = download({ kind: "truncate", afterBytes: 20_000 }, 1);
    const client = { range: "bytes=1000-60999" };
    const tap = await whatsapp.tap({ faults: [fault], client });
    expect(expectFile(tap, 1_000, 61_000).status).toBe(206);
    expect(whatsapp.asked(tap, "download")[1]?.range).toBe("bytes=21000-60999");
  });
});

describe("the rest of a body that broke off", () => {
  const mends: [string, Fault, number?][] = [
    ["comes as a whole file", { kind: "ignoreRange" }],
    ["comes without a length", { kind: "chunked" }],
    ["comes after a 503", { kind: "serverError", status: 503 }, 1],
    ["comes after a reset", { kind: "hangUp", ending: "rst" }, 1],
    ["comes slowly", { kind: "slowHeaders", ms: 300 }],
    ["comes after a fresh look-up", { kind: "gone" }, 1],
    ["breaks off as well, once", { kind: "truncate", afterBytes: 5_000 }, 1],
  ];
  it.each(mends)("F35 F52 that %s makes the file whole", async (_, fault, times) => {
    const rest = download({ ...fault, when: "range" }, times);
    expectFile(await whatsapp.tap({ faults: [broken, rest] }));
  });

  it.each<[string, Fault]>([
    ["is refused with 416", { kind: "unsatisfiable" }],
    ["is refused with 500, again and again", { kind: "serverError" }],
    ["is refused with 404, again and again", { kind: "gone" }],
    ["is refused with 401, again and again", { kind: "unauthorized" }],
    ["is throttled", { kind: "throttle", retryAfterSeconds: 0 }],
    ["is a 204", { kind: "unasked", status: 204 }],
    ["is the whole file as a 206", { kind: "unasked", status: 206 }],
    ["is another version's", { kind: "otherVersion" }],
    ["has another ETag", { kind: "otherVersion", sameBytes: true }],
    ["has a wrong byte", { kind: "wrongHash", position: 70_000 }],
    ["begins elsewhere", { kind: "contentRange", wrong: "start" }],
    ["ends elsewhere", { kind: "contentRange", wrong: "end" }],
    ["is of a longer file", { kind: "contentRange", wrong: "total" }],
    ["has no Content-Range", { kind: "contentRange", wrong: "missing" }],
    ["is compressed", { kind: "encoding" }],
    ["is a page", { kind: "htmlError" }],
    ["is a page that claims to be a picture", { kind: "htmlError", mimeType: "image/jpeg" }],
    ["leads to another host", { kind: "redirect" }],
  ])("F35 F52 that %s leaves the answer broken off", async (_, fault) => {
    const rest = download({ ...fault, when: "range" });
    expectBrokenOff(await whatsapp.tap({ faults: [broken, rest] }));
  });
});

describe("a download URL that expires", () => {
  it("F52 while the file streams lets it finish", async () => {
    const faults = [download({ kind: "trickle", bytesPerSecond: 200_000 })];
    const reading = whatsapp.tap({ faults });
    const { requests } = whatsapp.app().simulator;
    await waitUntil(() =>
      requests.open().some(({ role, bytesSent }) => role === "download" && bytesSent > 0),
    );
    ahead += URL_LIFETIME_MS + 1_000;
    expectFile(await reading);
  });

  it("F52 F27 before the file is asked for again, is looked up again", async () => {
    const tap = await whatsapp.tap({});
    expectFile(tap);
    ahead += URL_LIFETIME_MS + 1_000;
    expectFile(await whatsapp.tapAgain(tap));
    expect(whatsapp.asked(tap, "download").map(({ status }) => status)).toEqual([200, 404, 200]);
    expect(whatsapp.asked(tap, "lookup")).toHaveLength(2);
  });
});
