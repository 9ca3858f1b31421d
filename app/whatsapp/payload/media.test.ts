import { describe, expect, it } from "vitest";
import { mediaKinds } from "#app/models/message-kind.ts";
import { image, media, message } from "#tests/support/webhooks.ts";
import { messageOf } from "./testing/parsed.ts";

const imageOf = (part: object) => messageOf(image("wamid.1", {}, part));
const sha256 = "49f227634806293b0995459bc310b593e1400f41591efcf07e9bced335f41942";

describe("a file in a webhook", () => {
  it("leaves its name tag, and nothing that could fetch it", () => {
    const url = "https://lookaside.fbsbx.com/?mid=1";
    const read = imageOf({ url });
    expect(read).toMatchObject({
      type: "image",
      body: null,
      payload: null,
      mediaId: "622684793477189",
      mediaMimeType: "image/jpeg",
      mediaCaption: "The receipt",
      mediaSha256: sha256,
      mediaFilename: null,
      mediaVoice: null,
    });
    expect(JSON.stringify(read)).not.toContain("lookaside");
  });

  it("is read under each kind's own key", () => {
    for (const kind of mediaKinds) {
      expect(messageOf(media(kind, { id: "1", filename: "a.pdf", voice: false }))).toMatchObject({
        type: kind,
        mediaId: "1",
        mediaFilename: "a.pdf",
        mediaVoice: false,
      });
    }
    expect(messageOf(media("voice", { id: "2" }))).toMatchObject({
      type: "audio",
      mediaId: "2",
      mediaVoice: true,
    });
  });

  it("takes a SHA-256 in hex or base64, and a wrong one for none", () => {
    expect(imageOf({ sha256: sha256.toUpperCase() })?.mediaSha256).toBe(sha256);
    for (const odd of ["<SHA256>", "", null, 5, undefined]) {
      expect(imageOf({ sha256: odd })?.mediaSha256).toBeNull();
    }
  });

  it("is kept when its id can't be asked for", () => {
    for (const id of ["../1", "1?x=1", "", "1\n", "x".repeat(129), 2 ** 60, 1.5, -1, null, {}]) {
      expect(imageOf({ id })).toMatchObject({ mediaId: null, mediaCaption: "The receipt" });
    }
    for (const part of ["none", null, undefined, []]) {
      expect(messageOf(message("image", part))).toMatchObject({ type: "image", mediaId: null });
    }
    expect(imageOf({ id: 622684793477189 })?.mediaId).toBe("622684793477189");
    expect(imageOf({ id: "24230790383178626999" })?.mediaId).toBe("24230790383178626999");
  });

  it("has a bounded caption, file name and MIME type", () => {
    const long = "😀".repeat(10_000);
    expect(imageOf({ caption: long })?.mediaCaption).toHaveLength(4096);
    expect(imageOf({ caption: "" })?.mediaCaption).toBeNull();
    expect(imageOf({ filename: `a${long}` })?.mediaFilename).toMatch(/^a😀+\uFFFD$/u);
    expect(imageOf({ mime_type: long })?.mediaMimeType).toHaveLength(256);
  });

  it("F70 has no override of direction in its names, but in its caption", () => {
    const disguised = "exe\u202efdp\u2066.\u0007";
    const part = { filename: disguised, mime_type: disguised, caption: disguised };
    expect(imageOf(part)).toMatchObject({
      mediaFilename: "exefdp.",
      mediaMimeType: "exefdp.",
      mediaCaption: disguised,
    });
  });
});
