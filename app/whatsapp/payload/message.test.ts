import { describe, expect, it } from "vitest";
import { media, message, PHONE_NUMBER_ID, text, webhook } from "#tests/support/webhooks.ts";
import { kindsOf, messageOf, parse, receivedAt } from "./testing/parsed.ts";

describe("a message of a webhook", () => {
  it("is read whole", () => {
    expect(parse(webhook([text("wamid.1")]))).toEqual([
      {
        kind: "message",
        phoneNumberId: PHONE_NUMBER_ID,
        raw: expect.any(Function),
        message: {
          wamid: "wamid.1",
          direction: "inbound",
          person: { waId: "15550100001", userId: null, name: "Ana", username: null },
          groupId: null,
          imported: false,
          sentAt: new Date(1744344496_000),
          type: "text",
          body: "Hello",
          payload: null,
          targetWamid: null,
          replyToWamid: null,
          forwarded: null,
          referral: null,
          errorCode: null,
          errorTitle: null,
          mediaId: null,
          mediaMimeType: null,
          mediaCaption: null,
          mediaSha256: null,
          mediaFilename: null,
          mediaVoice: null,
          files: [],
        },
      },
    ]);
  });

  it("names the message that it answers, which an edit's M0 is not", () => {
    const replyTo = (context: unknown) => messageOf(text("wamid.1", { context }))?.replyToWamid;
    expect(replyTo({ from: "15550109999", id: "wamid.0" })).toBe("wamid.0");
    for (const context of [{ id: "M0" }, { id: "" }, { forwarded: true }, null, "wamid.0", []]) {
      expect(replyTo(context)).toBeNull();
    }
  });

  it("tells one that was forwarded from one that is forwarded often", () => {
    const forwarded = (context: object) => messageOf(text("wamid.1", { context }))?.forwarded;
    expect(forwarded({ forwarded: true })).toBe("once");
    expect(forwarded({ frequently_forwarded: true })).toBe("often");
    expect(forwarded({ forwarded: true, frequently_forwarded: true })).toBe("often");
    expect(forwarded({ forwarded: false })).toBeNull();
    expect(forwarded({ forwarded: "no" })).toBeNull();
  });

  it("keeps the advertisement, or else the product, that the customer came from", () => {
    const referral = { source_type: "ad", headline: "a\u0000", welcome_message: { text: "Hi" } };
    const context = { id: "wamid.0", referred_product: { catalog_id: "1" } };
    const referralOf = (fields: object) => messageOf(text("wamid.1", fields))?.referral;
    expect(referralOf({ referral, context })).toEqual({ ...referral, headline: "a\uFFFD" });
    expect(referralOf({ context })).toEqual({ referred_product: { catalog_id: "1" } });
    expect(referralOf({ referral: "ad", context: { referred_product: 1 } })).toBeNull();
  });

  it("says in WhatsApp's words what is wrong with it", () => {
    const errorOf = (...errors: unknown[]) => {
      const { errorCode, errorTitle } = messageOf(message("unsupported", {}, { errors })) ?? {};
      return [errorCode, errorTitle];
    };
    const details = "Not supported";
    expect(errorOf({ code: 131051, title: "Unknown" }, { code: 1 })).toEqual([131051, "Unknown"]);
    expect(errorOf({ code: "130501", message: "No\u202e" })).toEqual([130501, "No"]);
    expect(errorOf({ code: "bad", error_data: { details } })).toEqual([null, details]);
    expect(errorOf({ code: 1e12, details })).toEqual([null, details]);
    expect(errorOf("broken")).toEqual([null, null]);
    expect(messageOf(text("wamid.1", { errors: "broken" }))).toMatchObject({ errorCode: null });
    expect(messageOf(media("image", {}, { errors: [{ code: 131052 }] }))).toMatchObject({
      mediaId: "622684793477189",
      errorCode: 131052,
    });
  });

  it("goes to its group, and nowhere when the group can't be read", () => {
    expect(messageOf(text("wamid.1", { group_id: "Y2FwaV9ncm91cDox" }))).toMatchObject({
      groupId: "Y2FwaV9ncm91cDox",
      person: { waId: "15550100001", name: "Ana" },
    });
    for (const none of ["", null, undefined]) {
      expect(messageOf(text("wamid.1", { group_id: none }))?.groupId).toBeNull();
    }
    for (const odd of [{}, [], true, "x".repeat(600), "\u0007"]) {
      expect(kindsOf(webhook([text("wamid.1", { group_id: odd })]))).toEqual([
        "unreadable message",
      ]);
    }
  });

  it("F12 holds nothing that PostgreSQL refuses", () => {
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
});
