import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { essence, safeType } from "./content-type.ts";

const DOWNLOAD = { contentType: "application/octet-stream", disposition: "attachment" };

describe("safeType", () => {
  it.each([
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "video/mp4",
    "video/3gpp",
    "video/webm",
    "audio/aac",
    "audio/amr",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/webm",
  ])("shows %s in place", (type) => {
    expect(safeType("image", [type, type, type])).toEqual({
      contentType: type,
      disposition: "inline",
    });
  });

  it.each([
    "image/svg+xml",
    "text/html",
    "application/xhtml+xml",
    "text/xml",
    "application/xml",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/x-shockwave-flash",
    "multipart/x-mixed-replace",
    "text/plain",
    "message/rfc822",
    "image/x-unknown",
  ])("F66 hands %s out as a download of no type, whatever the message calls it", (type) => {
    for (const kind of ["image", "video", "audio", "document", "sticker"] as const) {
      expect(safeType(kind, [type, type, type])).toEqual(DOWNLOAD);
    }
  });

  it("F66 hands a PDF out as a download", () => {
    expect(safeType("document", ["application/pdf"])).toEqual({
      contentType: "application/pdf",
      disposition: "attachment",
    });
  });

  it("hands out as a download what was sent as a document", () => {
    expect(safeType("document", ["image/png", "image/png"])).toEqual({
      contentType: "image/png",
      disposition: "attachment",
    });
  });

  it("F38 shows nothing in place when the claims differ", () => {
    expect(safeType("image", ["image/jpeg", "image/jpeg", "text/html"])).toEqual(DOWNLOAD);
    expect(safeType("image", ["text/html", "image/jpeg", "image/jpeg"])).toEqual(DOWNLOAD);
    expect(safeType("image", ["image/png", "image/svg+xml"])).toEqual(DOWNLOAD);
  });

  it("reads a type without regard to parameters, case and space", () => {
    expect(safeType("audio", ["audio/ogg; codecs=opus", " Audio/OGG ", "audio/ogg"])).toEqual({
      contentType: "audio/ogg",
      disposition: "inline",
    });
  });

  it("leaves the decision to the other claims when one is missing", () => {
    expect(safeType("image", [null, undefined, "image/png"])).toMatchObject({
      disposition: "inline",
    });
  });

  it("hands out as a download what nobody names a type for", () => {
    expect(safeType("image", [])).toEqual(DOWNLOAD);
    expect(safeType("image", [null, undefined, ""])).toEqual(DOWNLOAD);
    expect(safeType("image", ["image", "/", "image/", "image/png/x", "im age/png"])).toEqual(
      DOWNLOAD,
    );
  });

  it("F38 only ever sends a type from its own list, whatever is claimed", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 3 }), (claims) => {
        expect(safeType("image", claims)).toEqual(DOWNLOAD);
      }),
    );
  });
});

describe("essence", () => {
  it.each([
    ["image/png", "image/png"],
    ["IMAGE/PNG;q=1", "image/png"],
    ["application/vnd.ms-excel", "application/vnd.ms-excel"],
    ["image/png\r\nX-Evil: 1", undefined],
    ["image/png, text/html", undefined],
    [`image/${"x".repeat(200)}`, undefined],
    ["", undefined],
    [null, undefined],
  ])("reads %j as %j", (claim, expected) => {
    expect(essence(claim)).toBe(expected);
  });
});
