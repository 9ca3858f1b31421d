import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHarmless } from "./harmless-beginning.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const zeros = (length: number) => "\0".repeat(length);
const FRAME = `\xff\xfb\x90d${zeros(64)}`;
/** Of bytes that no type begins with. */
const JUNK = "\x93\x1f\xc8\x02\xee\x5a\x81\x07\xbc\x10\xf1\x33\x9d\x06\xd2\x44\xa7\x0b";

describe("isHarmless", () => {
  it.each([
    ["zeros", zeros(2_000)],
    ["zeros, then a frame of MP3", zeros(2_000) + FRAME],
    ["zeros, then a tag", `${zeros(300)}ID3\x04\0\0\0\0\0\x23`],
    ["junk", JUNK],
    ["junk, then a frame of MP3", JUNK + FRAME],
    ["an APEv2 tag", `APETAGEX\xd0\x07\0\0\x32\0\0\0\x01\0\0\0\0\0\0\xa0${zeros(8)}\x04\0\0\0`],
    ["an old QuickTime's own box", "\0\0\0\x08pnot\0\0\0\0"],
  ])("takes %s as sound or film behind something", (_, head) => {
    expect(isHarmless(bytes(head))).toBe(true);
  });

  const ACTIVE = {
    "an HTML page": "<!DOCTYPE html><script>alert(1)</script>",
    "an HTML page in capitals": "<HTML><BODY>",
    "a comment before a page": "<!-- x --><html>",
    "an unknown element": "<x onclick=alert(1)>",
    "an XML": "<?xml version='1.0'?><x/>",
    "an SVG": "<svg onload='alert(1)'/>",
    "PHP, which a careless server runs": "<?php system($_GET[0]);",
    "a shell script": "#!/bin/sh\nrm -rf ~\n",
    "a script": "alert(document.cookie)//",
    "a batch file": "@echo off\r\ndel *.*\r\n",
    "a style sheet": "body{background:url(//evil.test)}",
    "an error of Graph": '{"error":{"code":190,"message":"x"}}',
    "plain words": "Grüße aus Köln, und bis bald",
    "a few letters": "MP3",
    "a PDF": "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    PostScript: "%!PS-Adobe-3.0\n",
    "an RTF": "{\\rtf1\\ansi",
    "a ZIP": "PK\x03\x04\x14\0\x06\0\x08\0",
    "a RAR": "Rar!\x1a\x07\x01\0",
    "a 7-Zip": "7z\xbc\xaf\x27\x1c\0\x04",
    "a gzip": "\x1f\x8b\x08\0\0\0\0\0",
    "an old Word document": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    "a program of Windows": "MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff",
    "a program of Linux": "\x7fELF\x02\x01\x01\0",
    "a program of macOS": "\xcf\xfa\xed\xfe\x07\0\0\x01",
    "a class of Java": "\xca\xfe\xba\xbe\0\0\0\x34",
    "a shortcut of Windows": "L\0\0\0\x01\x14\x02\0\0\0\0\0",
    "a WebAssembly": "\0asm\x01\0\0\0",
    "a Flash film": "CWS\x0bx\x9c\xed\x7d",
    "a picture": "\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "an unfinished picture": "\x89PNG",
    "a font": "wOFF\0\x01\0\0",
    "another film that no browser plays": "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9",
    nothing: "",
  };

  it.each(Object.entries(ACTIVE))("F38 F66 doesn't take %s as sound", (_, head) => {
    expect(isHarmless(bytes(head))).toBe(false);
  });

  const DISGUISES: [string, string][] = [
    ["space", " \r\n\t\f \n"],
    ["zeros", zeros(100)],
    ["zeros and space", `\0 \0\n${zeros(30)}`],
    ["a mark of UTF-8", "\xef\xbb\xbf"],
    ["a mark of UTF-8 and space", "\xef\xbb\xbf \n"],
    ["a mark of UTF-16", "\xfe\xff"],
    ["the other mark of UTF-16", "\xff\xfe"],
  ];
  // A WebAssembly begins with its zero, and nothing looks for it behind others.
  const { nothing: _, "a WebAssembly": __, ...found } = ACTIVE;
  const active = Object.entries(found);

  it.each(DISGUISES)("F38 F66 sees each of them behind %s", (_, disguise) => {
    for (const [name, head] of active) {
      expect(isHarmless(bytes(disguise + head)), name).toBe(false);
    }
  });

  const MARKUP = [
    "<!DOCTYPE html>",
    "<html>",
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<?xml version='1.0'?>",
    "<!-- x -->",
    "<iframe src=//evil.test>",
    "%PDF-1.4",
  ];

  it.each(MARKUP)("F38 F66 sees %s behind junk of up to a kilobyte", (markup) => {
    const behind = fc
      .uint8Array({ maxLength: 1_000 })
      .map((junk) => Buffer.concat([junk, bytes(markup)]));
    fc.assert(fc.property(behind, (head) => !isHarmless(head)));
  });

  it.each(["utf16le", "utf16be", "utf32le", "utf32be"])(
    "F38 F66 sees markup and scripts in %s, marked or not",
    (encoding) => {
      const width = encoding.startsWith("utf16") ? 2 : 4;
      for (const text of [
        "<html><script>alert(1)</script>",
        "alert(document.cookie)",
        "\ufeff<svg onload=alert(1)>",
      ]) {
        const units = [...text].map((letter) => {
          const unit = Buffer.alloc(width);
          const code = letter.codePointAt(0) ?? 0;
          if (encoding.endsWith("le")) unit.writeUIntLE(code, 0, width);
          else unit.writeUIntBE(code, 0, width);
          return unit;
        });
        expect(isHarmless(Buffer.concat(units)), text).toBe(false);
      }
    },
  );

  it("F38 F66 finds no text harmless, in whatever letters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }), (text) => {
        const spoken = text.replace(/[\p{Cc}]/gu, "x");
        return !isHarmless(Buffer.from(spoken));
      }),
    );
  });
});
