import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MediaKind } from "#app/models/message-kind.ts";
import { createShowability } from "./showability.ts";
import { box, film, ftyp, picture, sound, stsd } from "./testing/iso.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const zeros = (length: number) => "\0".repeat(length);

type Verdict = "certain" | "hopeless" | "unknown";

function verdictOf(kind: MediaKind, file: Buffer, chunkBytes = file.length): Verdict {
  const showability = createShowability(kind);
  for (let at = 0; at < file.length; at += chunkBytes) {
    showability.take(file.subarray(at, at + chunkBytes), at);
  }
  return verdict(showability);
}

function verdict({
  isCertain,
  isHopeless,
  isUntold,
}: ReturnType<typeof createShowability>): Verdict {
  expect([isCertain(), isHopeless(), isUntold()].filter(Boolean).length).toBeLessThanOrEqual(1);
  if (isCertain()) return "certain";
  return isHopeless() ? "hopeless" : "unknown";
}

const segment = (marker: string, content: string) =>
  `\xff${marker}${String.fromCharCode((content.length + 2) >> 8, (content.length + 2) & 255)}${content}`;
const jpeg = (marker: string, precision = 8, before = segment("\xe0", "JFIF\0\x01\x01")) =>
  bytes(
    `\xff\xd8${before}${segment("\xdb", zeros(65))}${segment(marker, `${String.fromCharCode(precision)}\0\x10\0\x10\x03${zeros(9)}`)}${segment("\xda", zeros(10))}data`,
  );
const id3 = (content: string) =>
  `ID3\x04\0\0\0\0${String.fromCharCode(content.length >> 7, content.length & 127)}${content}`;
const MP3 = `\xff\xfb\x90\x64${zeros(60)}`;
const MP2 = `\xff\xfd\x90\x04${zeros(60)}`;
const ADTS = `\xff\xf1\x50\x80\x02\x1f\xfc${zeros(60)}`;
const ogg = (...packets: string[]) =>
  bytes(packets.map((packet) => `OggS\0\x02${zeros(20)}\x01\x1e${packet}${zeros(20)}`).join(""));
const wav = (format: number, bits: number, extra = "") =>
  bytes(
    `RIFF\x24\x1a\0\0WAVEfmt ${String.fromCharCode(16 + extra.length)}\0\0\0${String.fromCharCode(format & 255, format >> 8)}\x01\0\x44\xac\0\0\0\0\0\0\x02\0${String.fromCharCode(bits)}\0${extra}data${zeros(40)}`,
  );
const ebml = (type: string, ...codecs: string[]) =>
  bytes(
    `\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82${String.fromCharCode(0x80 + type.length)}${type}\x18\x53\x80\x67${zeros(40)}${codecs.join(zeros(9))}${zeros(40)}`,
  );

const SAMPLES: [Verdict, MediaKind, string, Buffer][] = [
  ["certain", "image", "baseline JPEG", jpeg("\xc0")],
  ["certain", "image", "extended JPEG", jpeg("\xc1")],
  ["certain", "image", "progressive JPEG", jpeg("\xc2")],
  [
    "certain",
    "image",
    "JPEG with fill bytes",
    jpeg("\xc0", 8, `\xff\xff\xff${segment("\xe1", "x").slice(1)}`),
  ],
  [
    "certain",
    "image",
    "JPEG after a long profile",
    jpeg("\xc0", 8, segment("\xe2", zeros(60_000))),
  ],
  ["unknown", "image", "JPEG of 12 bits", jpeg("\xc1", 12)],
  ["unknown", "image", "lossless JPEG", jpeg("\xc3")],
  ["unknown", "image", "arithmetic JPEG", jpeg("\xc9")],
  ["unknown", "image", "arithmetic progressive JPEG", jpeg("\xca")],
  [
    "unknown",
    "image",
    "JPEG whose segments never end",
    bytes(`\xff\xd8${"\xff\xe0\0\x02".repeat(5_000)}${segment("\xc0", "\x08")}`),
  ],
  ["unknown", "image", "JPEG that ends early", bytes("\xff\xd8\xff\xe0\0\x10JFIF")],
  ["unknown", "image", "JPEG of broken segments", bytes("\xff\xd8\xff\xe0\0\0\xff\xc0\0\x11\x08")],
  ["certain", "image", "PNG", bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
  ["certain", "sticker", "WebP", bytes("RIFF\x24\x1a\0\0WEBPVP8 ")],
  ["certain", "image", "GIF", bytes("GIF89a\x01\0\x01\0\x80\0\0")],
  ["certain", "image", "AVIF", ftyp("avif")],
  ["hopeless", "image", "HEIC", ftyp("heic")],
  ["hopeless", "image", "TIFF", bytes("II*\0\x08\0\0\0\x12\0")],
  ["hopeless", "image", "PSD", bytes("8BPS\0\x01\0\0\0\0\0\0")],
  ["hopeless", "image", "JPEG 2000", bytes("\0\0\0\x0cjP  \r\n\x87\n")],
  ["unknown", "image", "page", bytes("<!doctype html>")],
  ["unknown", "image", "film", film([picture("avc1")])],

  ["certain", "audio", "MP3", bytes(MP3)],
  ["certain", "audio", "MP3 after a tag", bytes(id3(zeros(300)) + MP3)],
  ["certain", "audio", "MP3 after a tag with a picture", bytes(id3(zeros(16_000)) + MP3)],
  ["certain", "audio", "MP3 after two tags", bytes(id3(zeros(90)) + id3(zeros(9)) + MP3)],
  ["unknown", "audio", "MP3 after more tags than anybody writes", bytes(id3("").repeat(30) + MP3)],
  [
    "unknown",
    "audio",
    "AAC after a tag, which Firefox takes for MP3",
    bytes(id3(zeros(300)) + ADTS),
  ],
  ["unknown", "audio", "FLAC after a tag", bytes(`${id3(zeros(300))}fLaC${zeros(40)}`)],
  ["unknown", "audio", "tag without an end", bytes(id3(zeros(300)).slice(0, 200))],
  ["hopeless", "audio", "MP2", bytes(MP2)],
  ["hopeless", "audio", "MP2 after a tag", bytes(id3(zeros(300)) + MP2)],
  ["certain", "audio", "AAC", bytes(ADTS)],
  ["unknown", "audio", "AAC of the old kind", bytes(`ADIF${zeros(40)}`)],
  ["certain", "audio", "FLAC", bytes("fLaC\0\0\0\x22")],
  ["certain", "audio", "Ogg of Opus", ogg("OpusHead\x01")],
  ["certain", "audio", "Ogg of Vorbis", ogg("\x01vorbis")],
  ["certain", "audio", "Ogg of FLAC", ogg("\x7fFLAC\x01")],
  ["hopeless", "audio", "Ogg of Speex", ogg("Speex   1.2")],
  ["unknown", "audio", "Ogg of something", ogg("fishead\0")],
  ["unknown", "video", "Ogg of Theora", ogg("\x80theora", "\x01vorbis")],
  ["unknown", "video", "Ogg without a picture", ogg("OpusHead\x01")],
  ["certain", "audio", "WAV of PCM", wav(1, 16)],
  ["certain", "audio", "WAV of floats", wav(3, 32)],
  [
    "certain",
    "audio",
    "WAV of more channels",
    wav(0xfffe, 16, `\x16\0\x10\0\x3f\0\0\0\x01\0${zeros(14)}`),
  ],
  ["unknown", "audio", "WAV of long floats", wav(3, 64)],
  ["unknown", "audio", "WAV of MP3", wav(0x55, 0)],
  ["hopeless", "audio", "WAV of ADPCM", wav(0x11, 4)],
  ["hopeless", "audio", "AMR", bytes("#!AMR\n<\x91\x17\x16\xbe")],
  ["hopeless", "audio", "AMR of wide band", bytes("#!AMR-WB\n<\x91\x17")],
  ["hopeless", "audio", "AIFF", bytes("FORM\0\0\x10\0AIFFCOMM")],
  ["hopeless", "audio", "MIDI", bytes("MThd\0\0\0\x06\0\x01")],
  ["hopeless", "audio", "WMA", bytes("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9")],
  ["certain", "audio", "WebM of Opus", ebml("webm", "A_OPUS")],
  ["certain", "video", "WebM of VP9", ebml("webm", "A_OPUS", "V_VP9")],
  ["unknown", "video", "WebM without a picture", ebml("webm", "A_OPUS")],
  ["unknown", "video", "Matroska", ebml("matroska", "V_VP9")],
  ["hopeless", "video", "AVI", bytes("RIFF\x24\x1a\0\0AVI LIST")],
  ["hopeless", "video", "FLV", bytes("FLV\x01\x05\0\0\0\x09")],
  ["hopeless", "video", "MPEG program stream", bytes("\0\0\x01\xba\x44\0\x04")],
  ["unknown", "audio", "MP3 behind padding", bytes(zeros(2_000) + MP3)],

  ["certain", "video", "MP4 of H.264 and AAC", film([picture("avc1"), sound("mp4a")])],
  [
    "certain",
    "video",
    "MP4 with its movie box last",
    film([picture("avc1"), sound("mp4a")], { movieLast: true }),
  ],
  ["certain", "video", "MP4 of H.264 in baseline", film([picture("avc1", 66)])],
  ["unknown", "video", "MP4 of H.264 with 10 bits", film([picture("avc1", 110), sound("mp4a")])],
  ["unknown", "video", "MP4 of H.264 with all its colour", film([picture("avc1", 244)])],
  ["certain", "video", "MP4 of H.264 and MP3", film([picture("avc1"), sound("mp4a", 0x6b)])],
  ["certain", "video", "MP4 of AV1 and Opus", film([picture("av01"), sound("Opus")])],
  ["certain", "video", "MP4 of VP9 and FLAC", film([picture("vp09"), sound("fLaC")])],
  [
    "certain",
    "video",
    "MP4 with a track of data",
    film([picture("avc1"), sound("mp4a"), picture("tmcd")]),
  ],
  [
    "certain",
    "video",
    "MOV of H.264 and AAC",
    film([picture("avc1"), sound("mp4a")], { brand: "qt  " }),
  ],
  [
    "certain",
    "video",
    "3GP of the brand 3gp4",
    film([picture("avc1"), sound("mp4a")], { brand: "3gp4" }),
  ],
  ["certain", "video", "3G2", film([picture("avc1")], { brand: "3g2a" })],
  ["unknown", "video", "3GP of the brand 3gp5", film([picture("avc1")], { brand: "3gp5" })],
  ["unknown", "video", "3GP of the brand 3gp6", film([picture("avc1")], { brand: "3gp6" })],
  ["unknown", "video", "MP4 of HEVC, hvc1", film([picture("hvc1"), sound("mp4a")])],
  ["unknown", "video", "MP4 of HEVC, hev1", film([picture("hev1"), sound("mp4a")])],
  ["unknown", "video", "MP4 of MPEG-4 part 2", film([picture("mp4v"), sound("mp4a")])],
  ["unknown", "video", "MP4 with sound of AMR", film([picture("avc1"), sound("samr")])],
  ["unknown", "video", "MP4 with sound of AC-3", film([picture("avc1"), sound("ac-3")])],
  ["unknown", "video", "MP4 with sound of ALAC", film([picture("avc1"), sound("alac")])],
  [
    "unknown",
    "video",
    "MP4 with AC-3 that is called mp4a",
    film([picture("avc1"), sound("mp4a", 0xa5)]),
  ],
  [
    "unknown",
    "video",
    "MOV with sound of PCM",
    film([picture("avc1"), sound("sowt")], { brand: "qt  " }),
  ],
  ["unknown", "video", "MP4 without a picture", film([sound("mp4a")])],
  ["unknown", "video", "MP4 without a known track", film([picture("xxxx")])],
  ["unknown", "video", "MP4 without a movie box", Buffer.concat([ftyp("isom"), box("mdat", "x")])],
  [
    "hopeless",
    "video",
    "3GP of H.263 and AMR",
    film([picture("s263"), sound("samr")], { brand: "3gp4" }),
  ],
  [
    "hopeless",
    "video",
    "3GP of H.263 and AAC",
    film([picture("s263"), sound("mp4a")], { brand: "3gp4" }),
  ],
  ["hopeless", "video", "MOV of ProRes", film([picture("apch"), sound("mp4a")], { brand: "qt  " })],
  ["certain", "audio", "M4A of AAC", film([sound("mp4a")], { brand: "M4A " })],
  ["certain", "audio", "film as a sound", film([picture("avc1"), sound("mp4a")])],
  ["hopeless", "audio", "M4A of ALAC", film([sound("alac")], { brand: "M4A " })],
  ["hopeless", "audio", "3GP of AMR", film([sound("samr")], { brand: "3gp4" })],

  ["unknown", "document", "picture sent as a document", bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
  ["unknown", "document", "AMR sent as a document", bytes("#!AMR\n<\x91")],
  ["unknown", "audio", "nothing", Buffer.alloc(0)],
];

it.each(SAMPLES)("it is %s that browsers show in an %s message: %s", (expected, kind, _, file) => {
  expect(verdictOf(kind, file)).toBe(expected);
});

describe("where the chunks of a file end", () => {
  it.each([1, 2, 3, 7, 32, 100, 1_023, 1_024, 1_025, 4_096])(
    "makes no difference: every %i bytes",
    (chunkBytes) => {
      for (const [expected, kind, name, file] of SAMPLES) {
        expect(verdictOf(kind, file, chunkBytes), name).toBe(expected);
      }
    },
  );

  it("makes no difference: anywhere", () => {
    const sample = fc.constantFrom(...SAMPLES);
    const lengths = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 20 });
    const property = fc.property(sample, lengths, ([expected, kind, , file], lengths) => {
      const showability = createShowability(kind);
      for (let at = 0, turn = 0; at < file.length; turn += 1) {
        const length = lengths[turn % lengths.length] ?? 1;
        // The stream uses its buffers again.
        const chunk = Buffer.from(file.subarray(at, at + length));
        showability.take(chunk, at);
        chunk.fill(0);
        at += length;
      }
      expect(verdict(showability)).toBe(expected);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe("of a film that comes in parts", () => {
  const file = film([picture("avc1"), sound("mp4a")], {
    movieLast: true,
    data: box("mdat", "x".repeat(50_000)),
  });

  it("knows it by its beginning and the movie box at its end", () => {
    const showability = createShowability("video");
    showability.take(file.subarray(0, 20_000), 0);
    expect(verdict(showability)).toBe("unknown");
    showability.take(file.subarray(45_000), 45_000);
    showability.take(file.subarray(10_000, 20_000), 10_000);
    expect(verdict(showability)).toBe("certain");
  });

  it("isn't certain of one whose beginning never came", () => {
    const showability = createShowability("video");
    showability.take(file.subarray(45_000), 45_000);
    expect(verdict(showability)).toBe("unknown");
  });

  it("isn't misled by a part that ends in the midst of its movie box", () => {
    for (let end = file.length; end > file.length - 1_000; end -= 1) {
      const showability = createShowability("video");
      showability.take(file.subarray(0, 20_000), 0);
      showability.take(file.subarray(45_000, end), 45_000);
      showability.take(file.subarray(45_000), 45_000);
      expect(verdict(showability)).toBe("certain");
    }
  });

  it("tells so far, and goes on", () => {
    const showability = createShowability("video");
    for (let at = 0; at < file.length; at += 500) {
      showability.take(file.subarray(at, at + 500), at);
      showability.isCertain();
    }
    expect(verdict(showability)).toBe("certain");
  });
});

describe("the letters of a sample description in a film's data", () => {
  const real = [picture("avc1"), sound("mp4a")];

  it.each([
    ["alone", "stsd"],
    ["again and again", "stsd".repeat(3_000)],
    ["before a codec", "stsd\0\0\0\0hvc1"],
    [
      "before a codec with something before it",
      `stsd\0\0\0\0\0\0\0\x01\0\0\0\x56hvc1${"x".repeat(90)}`,
    ],
    [
      "with more entries than a box has",
      `stsd\0\0\0\0\0\x01\0\x01${picture("hvc1").toString("latin1")}`,
    ],
    ["with an unknown codec", stsd(picture("zzzz")).toString("latin1")],
    ["with an entry of no size", `stsd\0\0\0\0\0\0\0\x01\0\0\0\0hvc1${zeros(90)}`],
  ])("%s don't turn what is known", (_, data) => {
    for (const movieLast of [false, true]) {
      const file = film(real, { movieLast, data: box("mdat", data, "x".repeat(2_000)) });
      expect(verdictOf("video", file)).toBe("certain");
      expect(verdictOf("video", file, 13)).toBe("certain");
    }
  });

  it("in whatever bytes make no film of nothing", () => {
    const noise = fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(bytes("stsd"))));
    fc.assert(
      fc.property(noise, (parts) => {
        const file = Buffer.concat([ftyp("isom"), box("mdat", Buffer.concat(parts))]);
        return verdictOf("video", file) === "unknown";
      }),
    );
  });
});

it.each([
  ["image", jpeg("\xda")],
  ["video", film([])],
  ["audio", ogg("who knows")],
  ["audio", bytes(id3("a title"))],
] as const)("knows of %s when nothing has told what it holds", (kind, file) => {
  const showability = createShowability(kind);
  showability.take(file, 0);
  expect(showability.isUntold()).toBe(true);
  expect(showability.isCertain() || showability.isHopeless()).toBe(false);
});
