import type { Format } from "./formats.ts";

const MP4: Format = {
  extension: "mp4",
  sound: "m4a",
  or: ["mp4", "m4a", "m4v", "3gp", "mov"],
  shown: "player",
};
const MOV: Format = { extension: "mov", shown: "player" };
const HEIC: Format = { extension: "heic" };
const AVIF: Format = { extension: "avif", shown: "image/avif" };

/** By the brand that a file names first (mp4ra.org, "Brands"). All others are MP4. */
const BRANDS: [RegExp, Format][] = [
  [/^M4[AB] /, { extension: "m4a", shown: "player" }],
  [/^M4V/, { extension: "m4v", or: ["mp4"], shown: "player" }],
  [/^qt {2}/, MOV],
  [/^3g2/, { extension: "3g2", shown: "player" }],
  [/^3g/, { extension: "3gp", shown: "player" }],
  [/^avi[fos]/, AVIF],
  [/^he[iv]/, HEIC],
  [/^crx /, { extension: "cr3" }],
  [/^F4V/, { extension: "f4v", or: ["mp4"], shown: "player" }],
];

/**
 * What an ISO file is (ISO 14496-12), of its first boxes.
 *
 * @param head one character a byte
 */
export function isoFormat(head: string): Format {
  if (head.slice(4, 8) !== "ftyp" && head.slice(4, 8) !== "styp") {
    // Without a brand it is as QuickTime made it first.
    return { ...MP4, extension: "mov", sound: "m4a" };
  }
  const brand = head.slice(8, 12);
  if (/^m[is]f1/.test(brand)) return imageOf(head);
  return BRANDS.find(([pattern]) => pattern.test(brand))?.[1] ?? MP4;
}

/** A picture file of no special coding names it among the brands that it is compatible with. */
function imageOf(head: string): Format {
  const size = Buffer.from(head.slice(0, 4), "latin1").readUInt32BE();
  const compatible = head.slice(16, Math.min(size, 256)).match(/.{4}/gs) ?? [];
  if (compatible.some((brand) => /^avi[fs]/.test(brand))) return AVIF;
  return compatible.some((brand) => /^he[iv]/.test(brand)) ? HEIC : { extension: "heif" };
}
