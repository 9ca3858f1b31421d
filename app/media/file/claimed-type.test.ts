import { describe, expect, it } from "vitest";
import { essence, meantType } from "./claimed-type.ts";

describe("meantType", () => {
  it.each([
    ["audio/mp3", "audio/mpeg"],
    ["audio/x-mp3", "audio/mpeg"],
    ["audio/x-mpeg", "audio/mpeg"],
    ["audio/mpeg3", "audio/mpeg"],
    ["audio/m4a", "audio/mp4"],
    ["audio/x-m4a", "audio/mp4"],
    ["audio/mp4a-latm", "audio/mp4"],
    ["audio/x-aac", "audio/aac"],
    ["audio/aacp", "audio/aac"],
    ["audio/opus", "audio/ogg"],
    ["Audio/OPUS; rate=48000", "audio/ogg"],
    ["audio/x-opus+ogg", "audio/ogg"],
    ["audio/vorbis", "audio/ogg"],
    ["audio/x-wav", "audio/wav"],
    ["audio/wave", "audio/wav"],
    ["audio/vnd.wave", "audio/wav"],
    ["audio/x-flac", "audio/flac"],
    ["audio/amr-nb", "audio/amr"],
    ["audio/amr-wb", "audio/amr"],
    ["audio/3gpp", "video/3gpp"],
    ["video/3gp", "video/3gpp"],
    ["video/x-m4v", "video/mp4"],
    ["image/jpg", "image/jpeg"],
    ["image/pjpeg", "image/jpeg"],
    ["image/x-png", "image/png"],
    ["image/x-ms-bmp", "image/bmp"],
  ])("takes %s as %s", (claim, meant) => {
    expect(meantType("audio", claim)).toBe(meant);
  });

  it.each(["audio/mpeg", "image/svg+xml", "text/html", "application/x-unknown", "audio/x-thing"])(
    "leaves %s as it is",
    (claim) => {
      expect(meantType("audio", claim)).toBe(claim);
    },
  );

  it("takes application/ogg as what the message is", () => {
    expect(meantType("audio", "application/ogg")).toBe("audio/ogg");
    expect(meantType("video", "application/ogg")).toBe("video/ogg");
  });

  it.each(["application/octet-stream", "binary/octet-stream", "", "jpeg", null, undefined])(
    "finds no meaning in %j",
    (claim) => {
      expect(meantType("image", claim)).toBeUndefined();
    },
  );
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
