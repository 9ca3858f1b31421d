import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confirmedType, safeType } from "./content-type.ts";
import { isHarmless } from "./harmless-beginning.ts";
import { signatureOf } from "./magic-bytes.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

/** How real files begin. */
const IMAGES = {
  "image/jpeg": bytes("\xff\xd8\xff\xe0\0\x10JFIF\0\x01"),
  "image/png": bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
  "image/webp": bytes("RIFF\x24\x1a\0\0WEBPVP8 "),
  "image/gif": bytes("GIF89a\x01\0\x01\0\x80\0\0"),
  "image/avif": bytes("\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"),
} as const;
const PLAYED = {
  "an MP4": bytes("\0\0\0\x18ftypmp42\0\0\0\0"),
  "a 3GP": bytes("\0\0\0\x14ftyp3gp4\0\0\0\0"),
  "a streamed MP4": bytes("\0\0\0\x18styppmsdh"),
  "an MP4 with its data first": bytes("\0\0\0\x08widemdat"),
  "a WebM": bytes("\x1a\x45\xdf\xa3\x9fB\x86\x81\x01"),
  "an OGG": bytes("OggS\0\x02\0\0\0\0\0\0\0\0"),
  "an AMR": bytes("#!AMR\n<\x91\x17\x16\xbe"),
  "an AAC": bytes("\xff\xf1P\x80\x02\x1f\xfc"),
  "an AMR of wide band": bytes("#!AMR-WB\n<\x91\x17\x16"),
  "an MP2": bytes("\xff\xfd\x90\x04\0\0\0"),
  "an MP3": bytes("\xff\xfb\x90d\0\0\0"),
  "an MP3 with tags": bytes("ID3\x04\0\0\0\0\0\x23"),
};
const OTHERS = {
  "an HTML page": bytes("<!DOCTYPE html><script>"),
  "an indented HTML page": bytes("\n\n   <html>"),
  "an SVG": bytes('<svg xmlns="http://'),
  "an XML": bytes("\xef\xbb\xbf<?xml version"),
  "a JSON": bytes('{"error":{"code":190}}'),
  "a PDF": bytes("%PDF-1.7\n%\xe2\xe3"),
  "a script": bytes("#!/bin/sh\nrm -rf"),
  "a ZIP": bytes("PK\x03\x04\x14\0\x06\0"),
  "an EXE": bytes("MZ\x90\0\x03\0\0\0"),
  "a Flash film": bytes("CWS\x0bx\x9c"),
  "an AVI, a RIFF that is no image": bytes("RIFF\x24\x1a\0\0AVI LIST"),
  "a HEIC": bytes("\0\0\0\x1cftypheic\0\0\0\0heicmif1"),
  "a BMP": bytes("BM6\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"),
  "a TIFF": bytes("II*\0\x08\0\0\0\x12\0"),
  "an HTML page in UTF-16": bytes("\xff\xfe<\0h\0t\0m\0l\0>\0"),
  "letters in UTF-16, whose mark is like a frame of sound": bytes("\xff\xfeh\0e\0l\0l\0o\0"),
  "a page that begins like a box": bytes("<!--ftypmp42--><script>"),
  "a page that begins like a tag": bytes("ID3<script>alert(1)"),
  "a script that begins like sound": bytes("#!AMR/bin/sh\nrm -rf"),
  "an unfinished JPEG": bytes("\xff\xd8"),
  "an unfinished PNG": bytes("\x89PNG"),
  nothing: bytes(""),
};
const SOUNDS = {
  "audio/wav": bytes("RIFF\x24\x1a\0\0WAVEfmt "),
  "audio/flac": bytes("fLaC\0\0\0\x22\x10\0\x10\0"),
} as const;
const DOWNLOAD = { contentType: "application/octet-stream", disposition: "attachment" };
const inline = (contentType: string) => ({ contentType, disposition: "inline" as const });

describe("signatureOf", () => {
  it.each(Object.entries(IMAGES))("tells an %s", (type, head) => {
    expect(signatureOf(head)).toBe(type);
  });

  it.each(Object.entries(SOUNDS))("tells a %s", (type, head) => {
    expect(signatureOf(head)).toBe(type);
  });

  it.each(Object.entries(PLAYED))("tells that %s is played", (_, head) => {
    expect(signatureOf(head)).toBe("player");
  });

  it.each(Object.entries(OTHERS))("tells nothing of %s", (_, head) => {
    expect(signatureOf(head)).toBeUndefined();
  });
});

describe("confirmedType", () => {
  it.each(Object.entries(IMAGES))(
    "F38 shows what claims to be any image as the %s it is",
    (type, head) => {
      for (const claimed of Object.keys(IMAGES)) {
        expect(confirmedType(inline(claimed), head)).toEqual(inline(type));
      }
    },
  );

  it.each(Object.entries({ ...PLAYED, ...SOUNDS }))(
    "plays %s under the type that is claimed",
    (_, head) => {
      for (const type of ["video/mp4", "audio/ogg", "audio/mpeg"]) {
        expect(confirmedType(inline(type), head)).toEqual(inline(type));
      }
    },
  );

  it.each(Object.entries(OTHERS))("F47 F66 shows nothing in place that is %s", (_, head) => {
    for (const type of ["image/jpeg", "image/webp", "video/mp4", "audio/ogg"]) {
      expect(confirmedType(inline(type), head)).toEqual(DOWNLOAD);
    }
  });

  it("F38 neither shows a video as an image nor plays an image", () => {
    for (const head of [...Object.values(PLAYED), ...Object.values(SOUNDS)]) {
      expect(confirmedType(inline("image/png"), head)).toEqual(DOWNLOAD);
    }
    for (const head of Object.values(IMAGES)) {
      expect(confirmedType(inline("audio/mpeg"), head)).toEqual(DOWNLOAD);
    }
  });

  it("makes no download inline, whatever it begins with", () => {
    for (const contentType of ["application/pdf", "image/png", "application/octet-stream"]) {
      const type = { contentType, disposition: "attachment" as const };
      for (const head of Object.values(IMAGES)) expect(confirmedType(type, head)).toBe(type);
    }
  });
});

describe("F38 F66 whatever is claimed and whatever comes", () => {
  const heads = [IMAGES, PLAYED, SOUNDS, OTHERS].flatMap((group) => Object.values<Buffer>(group));
  const shown = new Set([...Object.keys(IMAGES), "video/mp4", "video/3gpp", "video/webm"]);
  for (const type of ["aac", "amr", "flac", "mpeg", "mp4", "ogg", "wav", "webm"]) {
    shown.add(`audio/${type}`);
  }
  const claim = fc.oneof(
    fc.constantFrom(...shown, "image/svg+xml", "text/html", "application/pdf", "IMAGE/PNG; a=b"),
    fc.constantFrom("audio/mp3", "image/jpg", "application/octet-stream", "audio/3gpp"),
    fc.string(),
    fc.constant(null),
  );
  const kind = fc.constantFrom("image", "video", "audio", "document", "sticker");
  const head = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc
      .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 32 }))
      .map(([start, rest]) => Buffer.concat([start, rest])),
  );

  it("only a type of the list is shown in place, and only what begins like it or like nothing that acts", () => {
    let inPlace = 0;
    const property = fc.property(
      kind,
      fc.oneof(
        fc.array(claim, { maxLength: 3 }),
        claim.map((one) => [one, one, one]),
      ),
      head,
      (kind, claims, head) => {
        const { contentType, disposition } = confirmedType(safeType(kind, claims), head);
        if (disposition === "attachment") return;
        inPlace += 1;
        expect(kind).not.toBe("document");
        expect(shown).toContain(contentType);
        const signature = signatureOf(head);
        if (contentType.startsWith("image/")) expect(signature).toBe(contentType);
        else
          expect(signature ?? isHarmless(head)).toSatisfy(
            (told) => told === true || !`${told}`.startsWith("image/"),
          );
      },
    );
    fc.assert(property, { numRuns: 5_000 });
    expect(inPlace).toBeGreaterThan(50);
  });
});
