import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extensionOf } from "./extension.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const ftyp = (brand: string, compatible = "") =>
  bytes(`\0\0\0${String.fromCharCode(16 + compatible.length)}ftyp${brand}\0\0\0\0${compatible}`);
const OFFICE = "application/vnd.openxmlformats-officedocument.";
const zip = (...names: string[]) =>
  bytes(
    names.map((name) => `PK\x03\x04\x14\0\0\0\x08\0${"\0".repeat(20)}${name}\x9c\x01`).join(""),
  );
const opendocument = (type: string) =>
  bytes(`PK\x03\x04${"\0".repeat(26)}mimetype${type}PK\x03\x04`);
const OLE = bytes(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${"\0".repeat(16)}`);
const EBML = "\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82";
const ogg = (packet: string) => bytes(`OggS\0\x02${"\0".repeat(20)}\x01\x1e${packet}`);

describe("extensionOf, of the first bytes", () => {
  it.each([
    ["jpg", "\xff\xd8\xff\xe0\0\x10JFIF"],
    ["png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
    ["webp", "RIFF\x24\x1a\0\0WEBPVP8 "],
    ["gif", "GIF89a\x01\0\x01\0\x80\0\0"],
    ["bmp", "BM6\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"],
    ["tif", "II*\0\x08\0\0\0\x12\0"],
    ["tif", "MM\0*\0\0\0\x08\0\x12"],
    ["psd", "8BPS\0\x01\0\0\0\0\0\0"],
    ["jp2", "\0\0\0\x0cjP  \r\n\x87\n"],
    ["pdf", "%PDF-1.7\n%\xe2\xe3"],
    ["pdf", "\n\njunk\n%PDF-1.4\n"],
    ["rtf", "{\\rtf1\\ansi"],
    ["7z", "7z\xbc\xaf\x27\x1c\0\x04"],
    ["rar", "Rar!\x1a\x07\x01\0"],
    ["gz", "\x1f\x8b\x08\x08\0\0\0\0"],
    ["tar", `a.txt${"\0".repeat(252)}ustar\0`],
    ["zip", "PK\x05\x06\0\0\0\0"],
    ["avi", "RIFF\x24\x1a\0\0AVI LIST"],
    ["wmv", "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9"],
    ["flv", "FLV\x01\x05\0\0\0\x09"],
    ["mpg", "\0\0\x01\xba\x44\0\x04"],
    ["mkv", `${EBML}\x88matroska`],
    ["webm", `${EBML}\x84webm`],
    ["vcf", "BEGIN:VCARD\r\nVERSION:3.0"],
    ["ics", "\xef\xbb\xbfBEGIN:VCALENDAR\r\n"],
    ["txt", "Dear Sir or Madam,\r\n"],
    ["txt", "\xff\xfeD\0e\0a\0r\0"],
  ])("is %s for %j, whatever is claimed", (extension, head) => {
    for (const claim of [null, "application/octet-stream", "image/jpeg", "video/mp4", "x/y"]) {
      if (extension === "txt" && claim === "x/y") continue;
      expect(extensionOf("document", [claim], bytes(head))).toBe(extension);
    }
  });

  it.each([
    ["mp3", "\xff\xfb\x90d\0\0\0"],
    ["mp3", "ID3\x04\0\0\0\0\0\x23"],
    ["aac", "\xff\xf1P\x80\x02\x1f\xfc"],
    ["wav", "RIFF\x24\x1a\0\0WAVEfmt "],
    ["flac", "fLaC\0\0\0\x22"],
    ["amr", "#!AMR\n<\x91"],
    ["awb", "#!AMR-WB\n<\x91"],
    ["weba", `${EBML}\x84webm`],
    ["mka", `${EBML}\x88matroska`],
    ["wma", "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9"],
    ["mid", "MThd\0\0\0\x06\0\x01"],
    ["aiff", "FORM\0\0\x10\0AIFFCOMM"],
  ])("is %s for a sound that begins with %j, whatever is claimed", (extension, head) => {
    for (const claim of ["audio/ogg", "audio/wav", "audio/mp4", "audio/x-thing", null]) {
      expect(extensionOf("audio", [claim], bytes(head))).toBe(extension);
    }
  });

  it.each([
    ["isom", "video", "mp4"],
    ["mp42", "video", "mp4"],
    ["isom", "audio", "m4a"],
    ["M4A ", "audio", "m4a"],
    ["M4A ", "video", "m4a"],
    ["qt  ", "video", "mov"],
    ["3gp4", "video", "3gp"],
    ["3gp6", "audio", "3gp"],
    ["3g2a", "video", "3g2"],
    ["heic", "image", "heic"],
    ["heix", "image", "heic"],
    ["avif", "image", "avif"],
  ] as const)("is that of the brand %s in a message of %s: %s", (brand, kind, extension) => {
    for (const claim of [`${kind}/aac`, "image/jpeg", null]) {
      expect(extensionOf(kind, [claim], ftyp(brand))).toBe(extension);
    }
  });

  it("tells a picture of a general brand by the others that it names", () => {
    expect(extensionOf("image", [], ftyp("mif1", "mif1heic"))).toBe("heic");
    expect(extensionOf("image", [], ftyp("mif1", "avifmif1"))).toBe("avif");
    expect(extensionOf("image", [], ftyp("mif1", "mif1miaf"))).toBe("heif");
  });

  it("is mov for a film without a brand, unless it is called an MP4", () => {
    const film = bytes("\0\0\0\x08wide\0\0\x10\0mdat");
    expect(extensionOf("video", ["video/quicktime"], film)).toBe("mov");
    expect(extensionOf("video", [null], film)).toBe("mov");
    expect(extensionOf("video", ["video/mp4"], film)).toBe("mp4");
  });

  it("is ogg for every sound in an Ogg, ogv for Theora", () => {
    for (const claim of ["audio/ogg", "audio/opus", "application/ogg", "audio/mpeg", null]) {
      expect(extensionOf("audio", [claim], ogg("OpusHead\x01"))).toBe("ogg");
    }
    expect(extensionOf("video", ["video/mp4"], ogg("\x80theora\x03\x02"))).toBe("ogv");
  });

  it("knows an Office document by its folders, or by its claim where they come later", () => {
    const docx = zip("[Content_Types].xml", "_rels/.rels", "word/document.xml");
    const xlsx = zip("[Content_Types].xml", "xl/workbook.xml");
    const late = zip("[Content_Types].xml");
    const claim = `${OFFICE}wordprocessingml.document`;
    expect(extensionOf("document", [null], docx)).toBe("docx");
    expect(extensionOf("document", ["application/pdf"], docx)).toBe("docx");
    expect(extensionOf("document", [claim], xlsx)).toBe("xlsx");
    expect(extensionOf("document", [claim], late)).toBe("docx");
    expect(extensionOf("document", [`${OFFICE}presentationml.presentation`], late)).toBe("pptx");
    expect(extensionOf("document", [null], late)).toBe("zip");
    const macro = "application/vnd.ms-word.document.macroEnabled.12";
    expect(extensionOf("document", [macro], docx)).toBe("docm");
  });

  it.each([
    ["application/vnd.oasis.opendocument.text", "odt"],
    ["application/vnd.oasis.opendocument.spreadsheet", "ods"],
    ["application/vnd.oasis.opendocument.presentation", "odp"],
    ["application/epub+zip", "epub"],
  ])("reads %s from the document itself", (type, extension) => {
    expect(extensionOf("document", ["application/zip"], opendocument(type))).toBe(extension);
  });

  it.each([
    ["application/msword", "doc"],
    ["application/vnd.ms-excel", "xls"],
    ["application/vnd.ms-powerpoint", "ppt"],
    ["application/vnd.ms-outlook", "msg"],
    ["application/pdf", ""],
    ["application/octet-stream", ""],
  ])("goes by the claim %s for an old Office document", (claim, extension) => {
    expect(extensionOf("document", [claim], OLE)).toBe(extension);
  });

  it("goes by the claim for an app, whose beginning is any ZIP's", () => {
    const apk = zip("AndroidManifest.xml");
    expect(extensionOf("document", ["application/vnd.android.package-archive"], apk)).toBe("apk");
    expect(extensionOf("document", ["application/zip"], apk)).toBe("zip");
  });

  it.each([
    ["text/csv", "a;b\r\n1;2\r\n", "csv"],
    ["application/json", '{"a":1}', "json"],
    ["text/xml", "<?xml version='1.0'?><a/>", "xml"],
    ["text/html", "<!doctype html>", "html"],
    ["text/calendar", "BEGIN:VEVENT", "ics"],
    ["text/plain", "<!doctype html>", "txt"],
    ["image/jpeg", "<!doctype html><script>", "txt"],
    ["application/pdf", "<svg onload='alert(1)'>", "txt"],
    [null, "<?xml version='1.0'?><x/>", "txt"],
  ])(
    "goes by the claim %s among texts, and calls none active by itself",
    (claim, head, extension) => {
      expect(extensionOf("document", [claim], bytes(head))).toBe(extension);
    },
  );
});

describe("extensionOf, of the claims alone", () => {
  it.each([
    ["image/jpeg", "jpg"],
    ["image/jpg", "jpg"],
    ["image/heic", "heic"],
    ["image/heif", "heic"],
    ["image/tiff", "tif"],
    ["image/x-ms-bmp", "bmp"],
    ["image/avif", "avif"],
    ["image/vnd.adobe.photoshop", "psd"],
    ["video/mp4", "mp4"],
    ["video/3gp", "3gp"],
    ["video/3gpp", "3gp"],
    ["video/quicktime", "mov"],
    ["video/x-matroska", "mkv"],
    ["video/x-msvideo", "avi"],
    ["video/avi", "avi"],
    ["video/x-ms-wmv", "wmv"],
    ["video/x-flv", "flv"],
    ["video/mpeg", "mpg"],
    ["video/webm", "webm"],
    ["audio/mp3", "mp3"],
    ["audio/mpeg", "mp3"],
    ["audio/ogg; codecs=opus", "ogg"],
    ["audio/opus", "ogg"],
    ["audio/x-m4a", "m4a"],
    ["audio/mp4", "m4a"],
    ["audio/aac", "aac"],
    ["audio/amr", "amr"],
    ["audio/amr-wb", "awb"],
    ["audio/3gpp", "3gp"],
    ["audio/x-wav", "wav"],
    ["audio/flac", "flac"],
    ["audio/webm", "weba"],
    [`${OFFICE}wordprocessingml.document`, "docx"],
    [`${OFFICE}spreadsheetml.sheet`, "xlsx"],
    [`${OFFICE}presentationml.presentation`, "pptx"],
    ["application/msword", "doc"],
    ["application/vnd.ms-excel", "xls"],
    ["application/vnd.ms-powerpoint", "ppt"],
    ["application/vnd.oasis.opendocument.text", "odt"],
    ["application/rtf", "rtf"],
    ["text/plain", "txt"],
    ["text/csv", "csv"],
    ["text/comma-separated-values", "csv"],
    ["text/vcard", "vcf"],
    ["text/x-vcard", "vcf"],
    ["text/calendar", "ics"],
    ["application/zip", "zip"],
    ["application/x-zip-compressed", "zip"],
    ["application/x-7z-compressed", "7z"],
    ["application/vnd.rar", "rar"],
    ["application/x-rar-compressed", "rar"],
    ["application/gzip", "gz"],
    ["application/x-tar", "tar"],
    ["application/vnd.android.package-archive", "apk"],
    ["application/epub+zip", "epub"],
    ["application/json", "json"],
    ["application/xml", "xml"],
    ["text/html", "html"],
    ["application/octet-stream", ""],
    ["application/x-unknown", ""],
    ["constructor/toString", ""],
    [null, ""],
  ])("is for %s %j", (claim, extension) => {
    expect(extensionOf("document", [claim])).toBe(extension);
    expect(extensionOf("document", [claim], bytes("\x93\x1f\xc8\x02\xee"))).toBe(extension);
  });

  it("takes the first claim that tells one", () => {
    expect(extensionOf("image", [null, "application/octet-stream", "image/png"])).toBe("png");
    expect(extensionOf("image", ["image/webp", "image/png"])).toBe("webp");
  });
});

describe("F70 extensionOf a program", () => {
  it.each([
    "application/x-msdownload",
    "application/x-ms-shortcut",
    "application/x-sh",
    "text/javascript",
    "application/java-archive",
    "application/x-apple-diskimage",
    "application/vnd.debian.binary-package",
  ])("is none for the claim %s", (claim) => {
    expect(extensionOf("document", [claim])).toBe("");
    expect(extensionOf("document", [claim], bytes("\x93\x1f\xc8\x02\xee"))).toBe("");
  });

  it.each(["MZ\x90\0\x03", "\x7fELF\x02", "L\0\0\0\x01\x14\x02\0", "\xca\xfe\xba\xbe\0\0"])(
    "is none for one that begins with %j, whatever is claimed",
    (head) => {
      for (const claim of ["application/x-msdownload", "image/jpeg", "application/pdf", null]) {
        expect(extensionOf("document", [claim], bytes(head))).toBe("");
      }
    },
  );

  it("is none or one of few letters, whatever comes", () => {
    const claim = fc.oneof(
      fc.string(),
      fc.constantFrom("text/html", "audio/mp4", "application/zip"),
    );
    fc.assert(
      fc.property(claim, fc.uint8Array({ maxLength: 80 }), (claim, head) => {
        expect(extensionOf("document", [claim], head)).toMatch(/^[a-z0-9]{0,12}$/);
      }),
    );
  });
});
