import { describe, expect, it } from "vitest";
import { parseWebhook } from "./payload.ts";
import { contact, image, PHONE_NUMBER_ID, text, webhook } from "./testing/webhooks.ts";

const receivedAt = new Date("2025-04-11T04:08:20Z");
const parseOne = (message: unknown, value?: object) =>
  parseWebhook(webhook([message], value), receivedAt)[0];
const messageOf = (message: unknown, value?: object) => {
  const update = parseOne(message, value);
  return update?.kind === "message" ? update.message : undefined;
};
const mediaOf = (media: object) => {
  const message = messageOf(image("wamid.1", {}, media));
  return message && "media" in message ? message.media : undefined;
};

describe("messages in a webhook", () => {
  it("reads a text", () => {
    expect(parseOne(text("wamid.1"))).toMatchObject({
      kind: "message",
      phoneNumberId: PHONE_NUMBER_ID,
      message: {
        wamid: "wamid.1",
        from: "15550100001",
        profileName: "Ana",
        type: "text",
        body: "Hello",
        sentAt: new Date(1744344496_000),
      },
    });
  });

  it("reads a media's name tag, and nothing that could fetch it", () => {
    expect(messageOf(image("wamid.1", {}, { url: "https://lookaside.fbsbx.com/?mid=1" }))).toEqual({
      wamid: "wamid.1",
      from: "15550100001",
      profileName: "Ana",
      sentAt: new Date(1744344496_000),
      type: "image",
      media: {
        id: "622684793477189",
        mimeType: "image/jpeg",
        caption: "The receipt",
        sha256: "49f227634806293b0995459bc310b593e1400f41591efcf07e9bced335f41942",
        filename: null,
        voice: null,
      },
    });
  });

  it("takes a SHA-256 in hex or base64, and a wrong one for none", () => {
    const hex = "49f227634806293b0995459bc310b593e1400f41591efcf07e9bced335f41942";
    expect(mediaOf({ sha256: hex.toUpperCase() })?.sha256).toBe(hex);
    for (const sha256 of ["<SHA256>", "", null, 5, undefined]) {
      expect(mediaOf({ sha256 })?.sha256).toBeNull();
    }
  });

  it("keeps a media message whose id can't be asked for", () => {
    for (const id of ["../1", "1?x=1", "", "1\n", "x".repeat(129), 2 ** 60, 1.5, -1, null, {}]) {
      expect(mediaOf({ id })).toMatchObject({ id: null, caption: "The receipt" });
    }
    expect(messageOf(image("wamid.1", { image: "none" }))).toMatchObject({ media: { id: null } });
    expect(mediaOf({ id: 622684793477189 })?.id).toBe("622684793477189");
    expect(mediaOf({ id: "24230790383178626999" })?.id).toBe("24230790383178626999");
  });

  it("pairs a sender with the contact of the same WhatsApp id, whatever its place", () => {
    const contacts = [
      { wa_id: "15550100009", user_id: "15550100001", profile: { name: "Somebody else" } },
      { wa_id: "15550100002" },
      contact("15550100001", "Ana"),
      contact("15550100003", ""),
      null,
    ];
    const names = ["15550100001", "+15550100001", "15550100002", "15550100003", "15550100004"];
    expect(
      names.map((from) => messageOf(text("wamid.1", { from }), { contacts })?.profileName),
    ).toEqual(["Ana", "Ana", null, null, null]);
  });

  it("F10 keeps a message of a type that it does not know, as received", () => {
    const reaction = {
      ...text("wamid.1", { type: "reaction", reaction: { message_id: "wamid.0", emoji: "👍" } }),
    };
    expect(messageOf(reaction)).toMatchObject({ type: "unsupported", payload: reaction });
    expect(messageOf(text("wamid.1", { type: undefined }))?.type).toBe("unsupported");
    expect(messageOf(text("wamid.1", { type: "constructor" }))?.type).toBe("unsupported");
    expect(messageOf(text("wamid.1", { text: {} }))?.type).toBe("unsupported");
  });

  it("F12 replaces what PostgreSQL refuses in every text", () => {
    expect(messageOf(text("wamid\u0000", { text: { body: "a\u0000\ud83d😀" } }))).toMatchObject({
      wamid: "wamid\uFFFD",
      body: "a\uFFFD\uFFFD😀",
    });
    const odd = messageOf(text("wamid.1", { type: "odd", "k\u0000": "\u0000" }));
    expect(odd).toMatchObject({ payload: { "k\uFFFD": "\uFFFD" } });
  });

  it("F25 takes the time of arrival for a time that can't be believed", () => {
    const sentAt = (timestamp: unknown) => messageOf(text("wamid.1", { timestamp }))?.sentAt;
    const now = receivedAt.getTime() / 1000;
    expect(sentAt(now + 60)).toEqual(new Date((now + 60) * 1000));
    expect(sentAt(String(now - 7 * 86_400))).toEqual(new Date((now - 7 * 86_400) * 1000));
    const odd = [now + 3600, now * 1000, "0", "", "2025-04-11T04:08:16Z", -1, null, [now], {}];
    for (const timestamp of [...odd, { toString: 1 }, undefined, 1e300]) {
      expect(sentAt(timestamp)).toEqual(receivedAt);
    }
  });

  it("bounds a caption, a file name and a MIME type, but never a text", () => {
    const long = "😀".repeat(10_000);
    expect(mediaOf({ caption: long })?.caption).toHaveLength(4096);
    expect(mediaOf({ filename: `a${long}` })?.filename).toMatch(/^a😀+\uFFFD$/u);
    expect(mediaOf({ mime_type: long })?.mimeType).toHaveLength(256);
    expect(messageOf(text("wamid.1", { text: { body: long } }))).toMatchObject({ body: long });
  });
});
