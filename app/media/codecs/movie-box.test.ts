import { expect, it } from "vitest";
import { movieBoxAt } from "./movie-box.ts";
import { box, film, ftyp, picture } from "./testing/iso.ts";

const HEAD = 64;

it("is found behind the film's data, from the file's first bytes", () => {
  const file = film([picture("avc1")], { movieLast: true });
  const at = movieBoxAt(file.subarray(0, HEAD));
  expect(file.toString("latin1", (at ?? 0) + 4, (at ?? 0) + 8)).toBe("moov");
});

it("is found in front of the data, behind other boxes", () => {
  const file = Buffer.concat([ftyp("isom"), box("free"), box("moov", "x".repeat(100))]);
  expect(movieBoxAt(file)).toBe(ftyp("isom").length + 8);
});

it("is found behind data of more than four gigabytes", () => {
  const mdat = Buffer.alloc(16);
  mdat.writeUInt32BE(1);
  mdat.write("mdat", 4, "latin1");
  mdat.writeBigUInt64BE(2n ** 33n, 8);
  expect(movieBoxAt(Buffer.concat([ftyp("isom"), mdat]))).toBe(ftyp("isom").length + 2 ** 33);
});

it.each([
  ["an Ogg", Buffer.from("OggS\0\x02".padEnd(80))],
  ["nothing", Buffer.alloc(0)],
  ["zeros", Buffer.alloc(80)],
  ["a box of no length", Buffer.concat([ftyp("isom"), Buffer.from("\0\0\0\0mdat".padEnd(40))])],
])("isn't looked for in %s", (_, head) => {
  expect(movieBoxAt(head)).toBeUndefined();
});
