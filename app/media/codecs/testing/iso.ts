/** A box of an ISO file (ISO 14496-12, 4.2). */
export function box(type: string, ...contents: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(contents.map((part) => Buffer.from(part as string, "latin1")));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
}

export function ftyp(brand: string): Buffer {
  return box("ftyp", brand, "\0\0\x02\0", brand);
}

/** A film or a sound: its movie box with a track for each codec, its data before or after it. */
export function film(
  entries: Buffer[],
  { brand = "isom", data = box("mdat", "x".repeat(3_000)), movieLast = false } = {},
): Buffer {
  const movie = box("moov", ...entries.map((entry) => box("trak", "\0".repeat(400), stsd(entry))));
  return Buffer.concat([ftyp(brand), ...(movieLast ? [data, movie] : [movie, data])]);
}

export function stsd(...entries: Buffer[]): Buffer {
  return box("stsd", "\0\0\0\0", `\0\0\0${String.fromCharCode(entries.length)}`, ...entries);
}

/** @param profile of H.264 */
export function picture(codec: string, profile = 100): Buffer {
  const avcC = box("avcC", `\x01${String.fromCharCode(profile)}\0\x1f\xff\xe1\0\0`);
  return box(codec, "\0".repeat(6), "\0\x01", "\0".repeat(70), avcC);
}

/** @param objectType of what is an mp4a; the lengths of its descriptors take four bytes each */
export function sound(codec: string, objectType = 0x40): Buffer {
  const decoder = `\x04\x80\x80\x80\x0d${String.fromCharCode(objectType)}\x15${"\0".repeat(11)}`;
  const esds = box("esds", "\0\0\0\0", `\x03\x80\x80\x80\x22\0\x01\0${decoder}`);
  return box(codec, "\0".repeat(6), "\0\x01", "\0".repeat(20), esds);
}
