// biome-ignore-all lint/suspicious/noControlCharactersInRegex: a file's beginning has bytes of every value
import { isoFormat } from "./iso-formats.ts";
import type { Signature } from "./magic-bytes.ts";
import { zipFormat } from "./zip-formats.ts";

/** A kind of file, as far as its beginning tells. */
export interface Format {
  /** By which systems open it. Empty where the beginning leaves it open, and for programs. */
  extension: string;
  /** Instead of that, for sound alone in a container that can hold a film. */
  sound?: string;
  /** What else a claim may say of such a beginning; "text" for whatever is written in letters. */
  or?: readonly string[] | "text";
  /** Undefined for what is a download. */
  shown?: Signature;
}

const words = (list: string) => list.split(" ");
const file = (extension: string, or = ""): Format => ({ extension, or: words(or) });
const shown = (extension: string, shown: Signature): Format => ({ extension, shown });
/** What runs when it is opened. */
const PROGRAM: Format = { extension: "" };
const TEXT: Format = { extension: "txt", or: "text" };

/** A third byte of MPEG audio: any bit rate but the last, any sampling rate but the last. */
const RATES = `[${Array.from("0123456789abcde", (rate) => `\\x${rate}0-\\x${rate}b`).join("")}]`;

/** Beginnings of files, one character a byte; the first that fits counts. */
const BEGINNINGS: [RegExp, Format | ((head: string) => Format)][] = [
  [/^\xff\xd8\xff/, shown("jpg", "image/jpeg")],
  [/^\x89PNG\r\n\x1a\n/, shown("png", "image/png")],
  [/^RIFF.{4}WEBP/s, shown("webp", "image/webp")],
  [/^GIF8[79]a/, shown("gif", "image/gif")],
  [/^BM.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3}/s, file("bmp")],
  // No file of WhatsApp's is so large that its first box has a larger first byte.
  [/^[\0-\x06].{3}(?:ftyp|styp|moov|mdat|free|skip|wide)/s, isoFormat],
  [/^OggS[\0-\x1f](?=.{0,400}\x80theora)/s, shown("ogv", "player")],
  [/^OggS[\0-\x1f]/, shown("ogg", "player")],
  [/^\x1a\x45\xdf\xa3(?=.{0,60}matroska)/s, { ...shown("mkv", "player"), sound: "mka" }],
  [/^\x1a\x45\xdf\xa3/, { ...shown("webm", "player"), sound: "weba" }],
  [/^#!AMR-WB(?:_MC1\.0)?\n/, shown("awb", "player")],
  [/^#!AMR(?:_MC1\.0)?\n/, shown("amr", "player")],
  [/^(?:RIFF|RF64).{4}WAVE/s, shown("wav", "audio/wav")],
  [/^fLaC/, shown("flac", "audio/flac")],
  [/^ID3[\0-\x1f]/, { ...shown("mp3", "player"), or: ["aac", "flac"] }],
  [/^ADIF/, shown("aac", "player")],
  // ADTS, with one of thirteen sampling rates (ISO 14496-3).
  [/^\xff[\xf0\xf1\xf8\xf9][\0-\x33\x40-\x73\x80-\xb3\xc0-\xf3]/, shown("aac", "player")],
  // MPEG audio of layer III or II, with a bit rate and a sampling rate (ISO 11172-3, 13818-3).
  [new RegExp(`^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]${RATES}`), mpegAudio("mp3")],
  [new RegExp(`^\xff[\xe4\xe5\xf4\xf5\xfc\xfd]${RATES}`), mpegAudio("mp2")],
  [/^RIFF.{4}AVI /s, file("avi")],
  [/^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, { extension: "wmv", sound: "wma", or: ["asf"] }],
  [/^FLV\x01/, file("flv")],
  [/^\0\0\x01[\xb3\xba]/, file("mpg", "vob")],
  [/^G.{187}G.{187}G/s, file("ts", "mts m2ts")],
  [/^MThd\0\0\0\x06/, file("mid")],
  [/^FORM.{4}AIF[CF]/s, file("aiff", "aif")],
  [/^caff\0\x01/, file("caf")],
  [/^\.snd\0/, file("au")],
  [/^(?:II[*+]\0|MM\0[*+])/, file("tif", "dng cr2 nef arw orf rw2")],
  [/^8BPS\0[\x01\x02]/, file("psd")],
  [/^\0\0\0\x0cjP {2}\r\n/, file("jp2", "jpx j2k")],
  [/^(?:\0\0\0\x0cJXL \r\n|\xff\x0a)/, file("jxl")],
  [/^\0\0\x01\0[\x01-\xff]\0/, file("ico")],
  [/^%PDF-/, file("pdf", "ai")],
  [/^%!PS/, file("ps", "eps ai")],
  [/^\{\\rtf/, file("rtf", "doc")],
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, zipFormat],
  [
    /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/,
    file("", "doc dot xls xlt xla ppt pps pot msg pub vsd mpp docx xlsx pptx"),
  ],
  [/^7z\xbc\xaf\x27\x1c/, file("7z")],
  [/^Rar!\x1a\x07/, file("rar", "cbr")],
  [/^\x1f\x8b\x08/, file("gz", "tgz svgz")],
  [/^BZh[1-9]/, file("bz2")],
  [/^\xfd7zXZ\0/, file("xz")],
  [/^\x28\xb5\x2f\xfd/, file("zst")],
  [/^MSCF\0{4}/, file("cab")],
  [/^.{257}ustar/s, file("tar")],
  [/^SQLite format 3\0/, file("sqlite", "db")],
  [/^(?:\0\x01\0\0\0|true\0)/, file("ttf")],
  [/^OTTO\0/, file("otf")],
  [/^wOF[2F]/, file("woff", "woff2")],
  [/^(?:\x89PNG|\xff\xd8)/, file("")],
  [/^MZ|^\x7fELF|^\xca\xfe\xba\xbe|^\xfe\xed\xfa[\xce\xcf]|^[\xce\xcf]\xfa\xed\xfe/, PROGRAM],
  [/^L\0\0\0\x01\x14\x02\0|^ITSF|^\0asm|^dex\n|^[CFZ]WS[\x01-\x40]/, PROGRAM],
  [/^!<arch>\n|^\xed\xab\xee\xdb|^Cr24/, PROGRAM],
  // Readers of PDF look for its beginning in the first kilobyte.
  [/^.{1,1019}%PDF-/s, file("pdf")],
  [/^(?:\xef\xbb\xbf)?BEGIN:VCARD/i, file("vcf")],
  [/^(?:\xef\xbb\xbf)?BEGIN:VCALENDAR/i, file("ics")],
];

/**
 * @param head the file's first bytes: a kilobyte tells nearly all, 32 what is shown in place
 * @returns undefined for a beginning that says nothing
 */
export function formatOf(head: Uint8Array): Format | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  const found = BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1];
  if (typeof found === "function") return found(text);
  return found ?? (isText(text.slice(0, 1024)) ? TEXT : undefined);
}

/** Letters of any encoding but UTF-16 without its mark: no "binary data byte" (MIME Sniffing standard). */
function isText(head: string): boolean {
  if (/^(?:\xfe\xff|\xff\xfe)/.test(head)) return true;
  return head !== "" && !/[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(head);
}

function mpegAudio(extension: string): Format {
  return { ...shown(extension, "player"), or: ["mp3", "mp2"] };
}
