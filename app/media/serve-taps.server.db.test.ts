import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { waitFor } from "#tests/support/wait.ts";
import { startServing } from "./testing/serve.ts";

const MB = 1024 * 1024;
const PART = 256 * 1024;

const serving = await startServing();
// It reads the environment that startServing has set.
const { log } = await import("#app/process/log.server.ts");
let stamp = 1_000;
afterAll(serving.stop);
beforeEach(() => {
  stamp += 1;
});

/** A request of one tap, as a player's or a picture's. */
function tap(headers: Record<string, string> = {}, query = "", method = "GET") {
  return serving.ask({ method, headers }, undefined, `?t=${stamp}${query}`);
}

async function taken(answer: Promise<Response>) {
  const response = await answer;
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, range: response.headers.get("Content-Range"), bytes };
}

/** A baseline JPEG, as far as a server looks at it. */
const PHOTO = Buffer.concat([
  Buffer.from("\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1"),
  Buffer.from("\xff\xc0\0\x11\x08\0\x10\0\x10\x03\x01\x11\0\x02\x11\x01\x03\x11\x01", "latin1"),
  Buffer.from("\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0", "latin1"),
  Buffer.alloc(80_000, "photo"),
]);

/** An MP4 with its index first, as far as a server looks at it. */
function film(bytes: number): Buffer {
  const file = Buffer.alloc(bytes, "film ");
  Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1").copy(file);
  Buffer.from("\0\0\0\x20stsd\0\0\0\0\0\0\0\x01\0\0\0\x10avc1", "latin1").copy(file, 24);
  return file;
}

describe("a player's tap", () => {
  beforeEach(async () => {
    await serving.newFileOf("video", "video/mp4");
    serving.whatsapp.file = film(3 * MB);
  });
  const player = { "Sec-Fetch-Dest": "video" };

  it("F105 gets parts that grow while it reads on, and costs few downloads and one entry", async () => {
    const told = vi.spyOn(log, "info");
    const { file } = serving.whatsapp;
    const parts: Buffer[] = [];
    for (let at = 0; at < file.length; at = Buffer.concat(parts).length) {
      const { status, range, bytes } = await taken(tap({ ...player, Range: `bytes=${at}-` }));
      expect(status).toBe(206);
      expect(range).toBe(`bytes ${at}-${at + bytes.length - 1}/${file.length}`);
      parts.push(bytes);
    }
    expect(Buffer.concat(parts).equals(file)).toBe(true);
    expect(parts.slice(0, 3).map(({ length }) => length)).toEqual([PART, 2 * PART, 2 * PART]);
    expect(serving.whatsapp.downloads).toBe(2);
    const written = { requests: parts.length, bytes: file.length, outcome: "complete" };
    await waitFor(async () => expect(await serving.view()).toMatchObject(written));
    expect(await serving.views()).toHaveLength(1);
    const events = told.mock.calls.map(([line]) => line as { event?: string });
    expect(events.filter(({ event }) => event === "media.fetched")).toMatchObject([written]);
    expect(events.filter(({ event }) => event === "media.revealed")).toHaveLength(1);
    told.mockRestore();
  });

  it("gets all that it asks for in WebKit, which takes the end of a part for the end", async () => {
    const { file } = serving.whatsapp;
    const webkit = {
      ...player,
      "User-Agent": "Mozilla/5.0 AppleWebKit/605.1.15 Version/18 Safari",
    };
    const { range, bytes } = await taken(tap({ ...webkit, Range: "bytes=100-" }));
    expect(range).toBe(`bytes 100-${file.length - 1}/${file.length}`);
    expect(bytes.equals(file.subarray(100))).toBe(true);
  });

  it("reads on in what is open, a little ahead, and after it has been elsewhere", async () => {
    const { file } = serving.whatsapp;
    for (const at of [0, 2 * PART, file.length - 1_000, 3 * PART]) {
      const { bytes } = await taken(tap({ ...player, Range: `bytes=${at}-` }));
      expect(bytes.equals(file.subarray(at, at + bytes.length))).toBe(true);
    }
    expect(serving.whatsapp.downloads).toBe(2);
  });

  it("is what it asks for to the byte, where it names an end", async () => {
    const { bytes } = await taken(tap({ ...player, Range: `bytes=5-${MB}` }));
    expect(bytes.equals(serving.whatsapp.file.subarray(5, MB + 1))).toBe(true);
  });

  it("gets all where it asks for no part, and so does whoever is no player", async () => {
    const { file } = serving.whatsapp;
    expect((await taken(tap(player))).bytes.equals(file)).toBe(true);
    expect((await taken(tap({ Range: "bytes=0-" }))).bytes.equals(file)).toBe(true);
    const alone = await serving.ask({ headers: { ...player, Range: "bytes=0-" } });
    expect(Buffer.from(await alone.arrayBuffer()).equals(file)).toBe(true);
  });
});

describe("an entry says", () => {
  beforeEach(async () => {
    await serving.newFile();
    serving.whatsapp.file = PHOTO;
  });
  const seen = (word: string | null) =>
    waitFor(async () => expect(await serving.view()).toMatchObject({ seen: word }));

  it("that a photo that came was likely seen", async () => {
    await taken(tap({ "Sec-Fetch-Dest": "image" }));
    await seen("likely");
    expect((await serving.noted())?.viewedAt).not.toBeNull();
  });

  it("F102 that it wasn't, where the page asks why it couldn't show it", async () => {
    await taken(tap({ "Sec-Fetch-Dest": "image" }));
    await seen("likely");
    expect((await tap({}, "", "HEAD")).status).toBe(200);
    await seen("not-shown");
    expect(await serving.noted()).toMatchObject({ viewedAt: null });
    expect(await serving.views()).toHaveLength(1);
  });

  it.each([
    ["yes", "shown"],
    ["no", "not-shown"],
  ])("what the page tells with %s", async (word, expected) => {
    await taken(tap());
    await seen("likely");
    const { lookups } = serving.whatsapp;
    expect((await tap({ "X-Media-Shown": word }, "", "HEAD")).status).toBe(200);
    await seen(expected);
    expect(serving.whatsapp.lookups).toBe(lookups);
  });

  it("what the page tells of a tap that another process served", async () => {
    await tap({ "X-Media-Shown": "no" }, "", "HEAD");
    await seen("not-shown");
  });

  it("nothing because of a HEAD before the file was asked for", async () => {
    await tap({}, "", "HEAD");
    await taken(tap());
    await seen("likely");
  });

  it("that it was saved, where it was asked for to be kept", async () => {
    const answer = await tap({}, "&save");
    expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="photo-/);
    await answer.arrayBuffer();
    await seen("saved");
    await tap({ "X-Media-Shown": "no" }, "", "HEAD");
    expect((await serving.noted())?.viewedAt).not.toBeNull();
  });

  it("nothing of one that came and that not every browser shows, until it is saved", async () => {
    await serving.newFileOf("audio", "audio/amr");
    serving.whatsapp.file = Buffer.concat([Buffer.from("#!AMR\n"), Buffer.alloc(5_000, "<\x11")]);
    await taken(tap({ "Sec-Fetch-Dest": "audio", Range: "bytes=0-" }));
    await seen(null);
    expect(await serving.noted()).toMatchObject({ viewedAt: null });
    await (await tap({}, "&save")).arrayBuffer();
    await waitFor(async () => expect((await serving.noted())?.viewedAt).not.toBeNull());
  });
});
