import type { MediaKind } from "#app/models/message-kind.ts";
import { type Format, formatOf } from "../file/formats.ts";
import { presentationOf } from "../file/presentation.ts";
import { createIsoCodecs } from "./iso-codecs.ts";
import { createJpegCoding } from "./jpeg-coding.ts";
import { ownCopy } from "./own-copy.ts";
import type { Codec, Reach } from "./sample-descriptions.ts";
import { oggReach, wavReach, webmReach } from "./sound-formats.ts";
import { createTaggedSound } from "./tagged-sound.ts";

/**
 * Whether browsers show a file, told from its bytes while they pass: Safari, Chromium 156 and
 * Firefox 153 ESR, of which the last two were tried.
 */
export interface Showability {
  /** Bytes of the file in passing; `at` is the offset of the chunk's first byte in the file. */
  take(chunk: Uint8Array, at: number): void;
  /**
   * Whether every current browser shows such a file; false where one of them is known not to, or
   * nothing is known.
   */
  isCertain(): boolean;
  /** Whether no current Chromium or Firefox shows it: AMR, HEIC, TIFF… */
  isHopeless(): boolean;
  /** Whether it is of a format that browsers show, and what it holds has not been told so far. */
  isUntold(): boolean;
}

/** Enough for all that tells codecs at a beginning. */
const HEAD_BYTES = 4 * 1024;
/** Of an ISO file the beginning names the brand, and what is in it stands elsewhere. */
const BRAND_BYTES = 32;
/** What an ISO file is saved as. */
const ISO = new Set(["mp4", "m4a", "m4v", "mov", "3gp", "3g2", "f4v"]);
const PICTURES: Record<string, Reach> = {
  png: "all",
  webp: "all",
  gif: "all",
  avif: "all",
  heic: "none",
  heif: "none",
  tif: "none",
  psd: "none",
  jp2: "none",
};
const SOUNDS_AND_FILMS: Record<string, Reach> = {
  amr: "none",
  awb: "none",
  mp2: "none",
  mid: "none",
  aiff: "none",
  au: "none",
  caf: "none",
  avi: "none",
  wmv: "none",
  flv: "none",
  mpg: "none",
  ts: "none",
};

/** @param kind of the message: a page makes a picture, a player or a link of it */
export function createShowability(kind: MediaKind): Showability {
  const presentation = presentationOf(kind);
  const isPicture = presentation === "picture";
  const jpeg = createJpegCoding();
  const tagged = createTaggedSound();
  const iso = createIsoCodecs();
  let head: Buffer = Buffer.alloc(0);
  let isIso: boolean | undefined;

  return {
    take(chunk, at) {
      if (presentation === "download") return;
      if (isIso !== true && at <= head.length && head.length < HEAD_BYTES) {
        head = ownCopy(head, chunk.subarray(head.length - at, HEAD_BYTES - at));
      }
      if (isPicture) jpeg.take(chunk, at);
      else takePlayed(chunk, at);
    },
    isCertain: () => reach() === "all",
    isHopeless: () => reach() === "none",
    isUntold: () => reach() === "untold",
  };

  function takePlayed(chunk: Uint8Array, at: number): void {
    if (isIso === undefined && head.length >= BRAND_BYTES) {
      isIso = ISO.has(formatOf(head)?.extension ?? "");
      if (isIso) head = ownCopy(head.subarray(0, BRAND_BYTES));
    }
    if (isIso !== true) tagged.take(chunk, at);
    if (isIso !== false) iso.take(chunk, at);
  }

  function reach(): Reach {
    if (presentation === "download") return "some";
    const format = formatOf(head);
    if (isPicture) return pictureReach(format);
    return presentation === "sound" ? soundReach(format) : filmReach(format);
  }

  function pictureReach(format: Format | undefined): Reach {
    if (format?.extension === "jpg") return jpeg.reach();
    return PICTURES[format?.extension ?? ""] ?? "some";
  }

  function soundReach(format: Format | undefined): Reach {
    const extension = format?.extension ?? "";
    if (extension === "mp3") return mp3Reach();
    if (extension === "aac") return head[0] === 0xff ? "all" : "some";
    if (extension === "flac") return "all";
    if (extension === "ogg") return oggReach(head);
    if (extension === "wav") return wavReach(head);
    if (extension === "webm") return webmReach(head, "sound");
    if (format && !ISO.has(extension)) return SOUNDS_AND_FILMS[extension] ?? "some";
    return isoReach(iso.codecs().filter(({ is }) => is === "sound"));
  }

  function filmReach(format: Format | undefined): Reach {
    const extension = format?.extension ?? "";
    if (extension === "webm") return webmReach(head, "picture");
    if (format && !ISO.has(extension)) return SOUNDS_AND_FILMS[extension] ?? "some";
    const codecs = iso.codecs();
    const pictures = isoReach(codecs.filter(({ is }) => is === "picture"));
    const sounds = codecs.every(({ is, reach }) => is === "picture" || reach === "all");
    return pictures === "all" && !sounds ? "some" : pictures;
  }

  /** Firefox takes what follows an ID3 tag for MP3, whatever it is. */
  function mp3Reach(): Reach {
    const extension = tagged.extension();
    if (extension === "mp2") return "none";
    if (extension === undefined) return "untold";
    return extension === "mp3" ? "all" : "some";
  }

  function isoReach(codecs: Codec[]): Reach {
    if (codecs.length === 0) return isBrandKnown() ? "untold" : "some";
    if (codecs.every(({ reach }) => reach === "none")) return "none";
    return codecs.every(({ reach }) => reach === "all") && isBrandKnown() ? "all" : "some";
  }

  /** Firefox refuses the later brands of 3GP, H.264 and AAC or not. */
  function isBrandKnown(): boolean {
    const brand = head.toString("latin1", 8, 12);
    return isIso === true && (!brand.startsWith("3g") || brand === "3gp4" || brand === "3g2a");
  }
}
