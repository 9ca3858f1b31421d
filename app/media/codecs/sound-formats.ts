import type { Reach } from "./sample-descriptions.ts";

/** @param head the first bytes of an Ogg, whose streams' first packets name their codecs (RFC 3533, 6) */
export function oggReach(head: Buffer): Reach {
  const has = (packet: string) => head.includes(packet, 0, "latin1");
  if (has("\x80theora")) return "some";
  if (has("OpusHead") || has("\x01vorbis") || has("\x7fFLAC")) return "all";
  return has("Speex   ") ? "none" : "untold";
}

/** PCM, floats, A-law and µ-law; of others, ADPCM was tried, and none plays it. */
const ALL = new Set([1, 3, 6, 7]);
const NONE = new Set([2, 0x11]);
const EXTENSIBLE = 0xfffe;

/** @param head the first bytes of a WAV (Microsoft: "Multiple channel audio data and WAVE files") */
export function wavReach(head: Buffer): Reach {
  const at = head.indexOf("fmt ", 12, "latin1");
  if (at < 0 || at + 34 > head.length) return "untold";
  const tag = head.readUInt16LE(at + 8);
  const format = tag === EXTENSIBLE ? head.readUInt16LE(at + 32) : tag;
  const bits = head.readUInt16LE(at + 22);
  if (NONE.has(format)) return "none";
  return ALL.has(format) && bits <= 32 ? "all" : "some";
}

/** @param head the first bytes of a WebM, whose tracks name their codecs (RFC 9559, 5.1.4.1.20) */
export function webmReach(head: Buffer, is: "picture" | "sound"): Reach {
  const codecs = is === "picture" ? ["V_VP8", "V_VP9", "V_AV1"] : ["A_OPUS", "A_VORBIS"];
  return codecs.some((codec) => head.includes(codec, 0, "latin1")) ? "all" : "untold";
}
