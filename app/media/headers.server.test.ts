import { describe, expect, it } from "vitest";
import { lookup, openMedia as open, pointer } from "#tests/support/open-media.ts";
import { describedHeaders, fileHeaders, viewHeaders } from "./headers.server.ts";

const JPEG = Buffer.from("\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "latin1");
const MP4 = Buffer.from("\0\0\0\x18ftypmp42", "latin1");

const PRIVATE = {
  "cache-control": "no-store, no-transform",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

describe("fileHeaders", () => {
  it("F50 F67 holds our own headers and not one of WhatsApp's", () => {
    expect(Object.fromEntries(fileHeaders(pointer(), open(), JPEG))).toEqual({
      ...PRIVATE,
      "content-type": "image/jpeg",
      "content-length": "4",
      "content-disposition": 'inline; filename="photo-622684793477189.jpg"',
    });
  });

  it("names the part of a partial answer", () => {
    const part = { contentRange: { first: 2, last: 5, total: 10 }, acceptsRanges: true };
    const headers = fileHeaders(pointer(), open({ status: 206, ...part }), JPEG);
    expect(headers.get("Content-Range")).toBe("bytes 2-5/10");
    expect(headers.get("Accept-Ranges")).toBe("bytes");
  });

  it("names an unknown whole as *", () => {
    const contentRange = { first: 2, last: 5, total: null };
    const headers = fileHeaders(pointer(), open({ contentRange }), JPEG);
    expect(headers.get("Content-Range")).toBe("bytes 2-5/*");
  });

  it("F45 declares no length that WhatsApp did not", () => {
    expect(fileHeaders(pointer(), open({ length: undefined }), JPEG).has("Content-Length")).toBe(
      false,
    );
  });

  it("F38 lets the safer of all claims decide", () => {
    const headers = fileHeaders(pointer(), open({ contentType: "text/html" }), JPEG);
    expect(headers.get("Content-Type")).toBe("application/octet-stream");
    expect(headers.get("Content-Disposition")).toMatch(/^attachment; /);
  });

  it.each([
    ["an HTML page", "<!doctype html><script>"],
    ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg">'],
    ["a PDF", "%PDF-1.7"],
    ["nothing", ""],
  ])("F38 F47 hands %s out as a download, though all claims say it is a photo", (_, begins) => {
    const headers = fileHeaders(pointer(), open(), Buffer.from(begins));
    expect(headers.get("Content-Type")).toBe("application/octet-stream");
    expect(headers.get("Content-Disposition")).toMatch(/^attachment; /);
  });

  const PNG = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
  const MIDDLE = { contentRange: { first: 2, last: 5, total: 10 } };
  const nameIn = (headers: Headers) => headers.get("Content-Disposition");

  it("names the file by what it begins like, and a part from the middle by the claims", () => {
    expect(nameIn(fileHeaders(pointer(), open(), PNG))).toMatch(/^inline; .*793477189\.png"$/);
    expect(nameIn(fileHeaders(pointer(), open(MIDDLE), PNG))).toMatch(/^inline; .*\.jpg"$/);
  });

  it("gives a document's own name the extension that it lacks", () => {
    const named = pointer({ kind: "document", mimeType: "application/pdf", filename: "invoice" });
    const media = open({
      contentType: "application/pdf",
      lookup: lookup({ mimeType: "application/pdf" }),
    });
    const pdf = Buffer.from("%PDF-1.7");
    expect(nameIn(fileHeaders(named, media, pdf))).toBe('attachment; filename="invoice.pdf"');
    expect(nameIn(describedHeaders(named, media.lookup))).toBe(
      'attachment; filename="invoice.pdf"',
    );
  });

  it("names by the other claims what the message gives no type", () => {
    const headers = fileHeaders(pointer({ mimeType: null }), open(MIDDLE), Buffer.alloc(0));
    expect(nameIn(headers)).toMatch(/\.jpg"$/);
  });

  it("plays an MP3 behind padding as what it is called, and nothing that acts", () => {
    const sound = pointer({ kind: "audio", mimeType: "audio/mpeg" });
    const media = open({ contentType: "audio/mp3", lookup: lookup({ mimeType: "audio/mpeg" }) });
    const played = fileHeaders(sound, media, Buffer.alloc(2_000));
    expect(played.get("Content-Type")).toBe("audio/mpeg");
    expect(nameIn(played)).toMatch(/^inline; .*\.mp3"$/);
    const page = fileHeaders(sound, media, Buffer.from(`${"\0".repeat(500)}<html><script>`));
    expect(page.get("Content-Type")).toBe("application/octet-stream");
    expect(nameIn(page)).toMatch(/^attachment; /);
  });

  it("goes by the claims for a part from the middle, whose bytes tell nothing", () => {
    const contentRange = { first: 2, last: 5, total: 10 };
    const part = open({ status: 206, contentRange });
    expect(fileHeaders(pointer(), part, Buffer.from("<svg")).get("Content-Type")).toBe(
      "image/jpeg",
    );
  });

  it("F38 doubts the claims for a part that starts the file", () => {
    const contentRange = { first: 0, last: 3, total: 10 };
    const part = open({ status: 206, contentRange });
    expect(fileHeaders(pointer(), part, Buffer.from("<svg")).get("Content-Disposition")).toMatch(
      /^attachment; /,
    );
  });

  it("F66 hands an SVG out as a download under the sandbox", () => {
    const svg = pointer({ kind: "document", mimeType: "image/svg+xml", filename: "logo.svg" });
    const headers = fileHeaders(svg, open({ contentType: "image/svg+xml" }), JPEG);
    expect(headers.get("Content-Disposition")).toBe('attachment; filename="logo.svg"');
    expect(headers.get("Content-Security-Policy")).toContain("sandbox");
  });

  it("lets the browser's own player load a directly opened video, and nothing else", () => {
    const video = pointer({ kind: "video", mimeType: "video/mp4" });
    const media = open({ contentType: "video/mp4", lookup: lookup({ mimeType: "video/mp4" }) });
    expect(fileHeaders(video, media, MP4).get("Content-Security-Policy")).toBe(
      "default-src 'none'; media-src 'self'; frame-ancestors 'none'",
    );
  });

  it("F61 survives a name full of control characters and lone surrogates", () => {
    const filename = 'a\r\nX-Evil: 1\u0000"\ud800\u202e.pdf';
    const named = pointer({ kind: "document", mimeType: "application/pdf", filename });
    const headers = fileHeaders(named, open({ contentType: "application/pdf" }), JPEG);
    expect(headers.get("X-Evil")).toBeNull();
    expect(headers.get("Content-Disposition")).toBe('attachment; filename="aX-Evil_ 1_.pdf"');
  });
});

describe("describedHeaders", () => {
  it("F57 F67 describes the file from the look-up alone", () => {
    expect(Object.fromEntries(describedHeaders(pointer(), lookup({ fileSize: 42 })))).toEqual({
      ...PRIVATE,
      "content-type": "image/jpeg",
      "content-length": "42",
      "content-disposition": 'inline; filename="photo-622684793477189.jpg"',
    });
  });

  it("declares no length that the look-up did not tell", () => {
    expect(describedHeaders(pointer(), lookup({ fileSize: null })).has("Content-Length")).toBe(
      false,
    );
  });
});

it("F67 keeps the viewer page private and without scripts", () => {
  expect(viewHeaders).toMatchObject({
    "Cache-Control": "no-store, no-transform",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
  });
  expect(viewHeaders["Content-Security-Policy"]).toContain("script-src 'none'");
});
