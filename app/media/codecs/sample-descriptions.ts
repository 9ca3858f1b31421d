/** Which browsers show it: every one, some or none of Chromium and Firefox, or nothing tells. */
export type Reach = "all" | "some" | "none" | "untold";

export interface Codec {
  is: "picture" | "sound";
  reach: Reach;
}

const codecs = new Map<string, Codec>();
const name = (is: Codec["is"], reach: Reach, fourccs: string) => {
  for (const fourcc of fourccs.split("|")) codecs.set(fourcc, { is, reach });
};
// Tried in Chromium 156 and Firefox 153, as far as ffmpeg 5.1 writes them.
name("picture", "all", "avc1|avc3|av01|vp08|vp09");
name("picture", "some", "hvc1|hev1|dvh1|dvhe|dva1|dvav|vvc1|vvi1|mp4v|encv");
name(
  "picture",
  "none",
  "s263|h263|H263|jpeg|mjpa|mjpb|MJPG|apco|apcs|apcn|apch|ap4h|ap4x|SVQ1|SVQ3",
);
name("picture", "none", "cvid|rle |raw |png |dvc |dvcp|mx5p|hdv2");
name("sound", "all", "mp4a|Opus|fLaC|.mp3");
name("sound", "some", "ac-3|ec-3|ac-4|dtsc|dtse|dtsh|dtsl|dtsx|mhm1|mha1|enca");
name("sound", "some", "sowt|twos|lpcm|ipcm|fpcm|in24|in32|fl32|fl64|NONE|ulaw|alaw|ima4");
name("sound", "none", "samr|sawb|sawp|alac|sqcp|sevc|Qclp|QDM2|QDMC");

/** No entry of a known codec is as long. */
export const DESCRIPTION_BYTES = 1_024;
const MOST_ENTRIES = 16;
/** Fields of every entry, and of a picture (ISO 14496-12, 8.5.2 and 12.1.3). */
const ENTRY_BYTES = 16;
/** Profiles of H.264 with eight bits and a quarter of the colour: baseline, main, high. */
const COMMON_PROFILES = [66, 77, 100];
/** Codes of AAC and of MPEG audio (mp4ra.org, "Object types"). */
const COMMON_SOUNDS = [0x40, 0x66, 0x67, 0x68, 0x69, 0x6b];

/**
 * The codecs that a sample description box of an ISO file names (ISO 14496-12, 8.5.2).
 *
 * @param at where its type, "stsd", stands in the bytes
 * @returns none of those that aren't known, and none where only the letters are those of the box
 */
export function codecsOf(bytes: Buffer, at: number): Codec[] {
  const found: Codec[] = [];
  if (at + 12 > bytes.length) return found;
  const isBox = bytes.readUInt16BE(at + 5) === 0 && bytes.readUInt8(at + 7) === 0;
  const count = bytes.readUInt32BE(at + 8);
  if (!isBox || count > MOST_ENTRIES) return found;
  let begin = at + 12;
  for (let left = count; left > 0 && begin + ENTRY_BYTES <= bytes.length; left -= 1) {
    const size = bytes.readUInt32BE(begin);
    const codec = codecs.get(bytes.toString("latin1", begin + 4, begin + 8));
    const isEntry = size > ENTRY_BYTES && bytes.readUIntBE(begin + 8, 6) === 0;
    if (!isEntry) return found;
    const told = codec && looked(codec, bytes.subarray(begin, begin + size));
    if (told) found.push(told);
    begin += size;
  }
  return found;
}

/** Of the two that come in many forms, whether it is one that all know. Undefined where that is cut off. */
function looked(codec: Codec, entry: Buffer): Codec | undefined {
  const fourcc = entry.toString("latin1", 4, 8);
  const isCommon = fourcc.startsWith("avc")
    ? isOneOf(COMMON_PROFILES, profileOf(entry))
    : fourcc === "mp4a"
      ? isOneOf(COMMON_SOUNDS, objectTypeOf(entry))
      : true;
  if (isCommon === undefined && entry.length < entry.readUInt32BE(0)) return undefined;
  return isCommon ? codec : { ...codec, reach: "some" };
}

function isOneOf(common: number[], told: number | undefined): boolean | undefined {
  return told === undefined ? undefined : common.includes(told);
}

function profileOf(entry: Buffer): number | undefined {
  const at = entry.indexOf("avcC", ENTRY_BYTES, "latin1");
  return at < 0 ? undefined : entry[at + 5];
}

/** In the descriptors of a sound, each of which has a length of one to four bytes (ISO 14496-1, 7.2.6). */
function objectTypeOf(entry: Buffer): number | undefined {
  const at = entry.indexOf("esds", ENTRY_BYTES, "latin1");
  if (at < 0) return undefined;
  const stream = contentOf(entry, at + 8, 0x03);
  const decoder = contentOf(entry, stream + 3, 0x04);
  return entry[decoder];
}

function contentOf(entry: Buffer, at: number, tag: number): number {
  if (entry[at] !== tag) return entry.length;
  let end = at + 1;
  while (((entry[end] ?? 0) & 0x80) !== 0) end += 1;
  return end + 1;
}
