import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkFile, type PostedFile } from "./checked-file.ts";

const KB = 1024;
const MB = 1024 * KB;
const PART = Buffer.alloc(256 * KB, 1);

/** A file of a size that begins like this, in small parts at first. */
function fileOf(type: string, begin: Buffer | string, size: number, name = "file"): PostedFile {
  async function* bytes() {
    const head = Buffer.from(begin as string, "latin1");
    for (const byte of head) yield Buffer.of(byte);
    for (let left = size - head.length; left > 0; left -= PART.length) {
      yield PART.subarray(0, left);
    }
  }
  return { name, type, bytes: bytes() };
}

async function sizeOf(posted: PostedFile): Promise<number> {
  const file = await checkFile(posted);
  for await (const _ of file.bytes);
  return file.digest().size;
}

const OFFICE = "application/vnd.openxmlformats-officedocument.";
const COMPOUND = Buffer.from("d0cf11e0a1b11ae1", "hex");
const webp = (flags: number) =>
  Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0", "latin1"), Buffer.of(flags)]);
const STILL = Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBPVP8 ", "latin1"), Buffer.alloc(20)]);

const types: [type: string, begin: Buffer | string, limit: number, words: string][] = [
  ["image/jpeg", "\xff\xd8\xff\xe0", 5 * MB, "a photo of at most 5 MB"],
  ["image/png", "\x89PNG\r\n\x1a\n", 5 * MB, "a photo of at most 5 MB"],
  ["video/mp4", "\0\0\0\x18ftypmp42", 16 * MB, "a video of at most 16 MB"],
  ["video/3gpp", "\0\0\0\x18ftyp3gp4", 16 * MB, "a video of at most 16 MB"],
  ["audio/ogg; codecs=opus", "OggS", 16 * MB, "audio of at most 16 MB"],
  ["audio/mpeg", "ID3", 16 * MB, "audio of at most 16 MB"],
  ["audio/amr", "#!AMR\n", 16 * MB, "audio of at most 16 MB"],
  ["audio/aac", "\xff\xf1", 16 * MB, "audio of at most 16 MB"],
  ["audio/mp4", "\0\0\0\x18ftypM4A ", 16 * MB, "audio of at most 16 MB"],
  ["image/webp", STILL, 100 * KB, "a sticker of at most 100 KB"],
  ["image/webp", webp(0x10), 100 * KB, "a sticker of at most 100 KB"],
  ["image/webp", webp(0x12), 500 * KB, "a sticker of at most 500 KB"],
  ["application/pdf", "%PDF-1.7", 100 * MB, "a document of at most 100 MB"],
  ["text/plain", "Hello", 100 * MB, "a document of at most 100 MB"],
  ["application/msword", COMPOUND, 100 * MB, "a document of at most 100 MB"],
  [`${OFFICE}wordprocessingml.document`, "PK\x03\x04", 100 * MB, "a document of at most 100 MB"],
];

describe.each(types)("a file of the type %s", (type, begin, limit, words) => {
  it("is taken at its limit, and not with one byte more", async () => {
    expect(await sizeOf(fileOf(type, begin, limit))).toBe(limit);
    await expect(sizeOf(fileOf(type, begin, limit + 1))).rejects.toMatchObject({
      status: 413,
      message: expect.stringContaining(words),
    });
  });

  it("has to begin like one", async () => {
    const other = type === "text/plain" ? "a\0b" : "<html><script>";
    await expect(checkFile(fileOf(type, other, 100))).rejects.toMatchObject({ status: 415 });
  });
});

it.each([
  "image/heic",
  "image/gif",
  "image/svg+xml",
  "text/html",
  "video/quicktime",
  "x",
  "__proto__",
])("a file of the type %s is not taken, and what is taken is told", async (type) => {
  await expect(checkFile(fileOf(type, "x", 100))).rejects.toMatchObject({
    status: 415,
    message: expect.stringContaining("It takes JPEG and PNG photos"),
  });
});

it.each([
  ["", "photo.JPG", "\xff\xd8\xff\xe0", "image/jpeg"],
  ["application/octet-stream", "a.b.pdf", "%PDF-", "application/pdf"],
  ["audio/x-m4a", "voice.m4a", "\0\0\0\x18ftypM4A ", "audio/mp4"],
])("a browser that says %j of %s means what its name says", async (type, name, begin, mimeType) => {
  expect(await checkFile(fileOf(type, begin, 100, name))).toMatchObject({ mimeType });
});

it.each(["", "photo", "photo.exe", "constructor"])(
  "a file without a type named %j is not taken",
  async (name) => {
    await expect(checkFile(fileOf("", "\xff\xd8\xff\xe0", 100, name))).rejects.toMatchObject({
      status: 415,
    });
  },
);

it("an empty file, or one shorter than a signature, is told", async () => {
  await expect(checkFile(fileOf("image/jpeg", "", 0))).rejects.toMatchObject({ status: 422 });
  await expect(checkFile(fileOf("image/jpeg", "\xff\xd8", 2))).rejects.toMatchObject({
    status: 415,
  });
  expect(await sizeOf(fileOf("text/plain", "a", 1))).toBe(1);
});

it("its hash is that of all its bytes, and its name is harmless", async () => {
  const file = await checkFile(fileOf("text/plain", "Hello", 5, 'a/b\r\n"c".txt'));
  const parts: Uint8Array[] = [];
  for await (const part of file.bytes) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe("Hello");
  const sha256 = createHash("sha256").update("Hello").digest("hex");
  expect(file.digest()).toEqual({ sha256, size: 5 });
  expect(file.filename).toBe("a_b_c_.txt");
  expect((await checkFile(fileOf("text/plain", "a", 1, "..."))).filename).toBe("file");
});
