import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { readReferral } from "#app/models/messages/details/referral.ts";
import type { Delivery, MessageResponse } from "#app/models/messages/message-response.ts";
import { bubble, links, SENT_AT, show } from "#tests/support/message.tsx";

afterEach(cleanup);

describe("around a message", () => {
  it.each([
    [{}, "Ana", false],
    [{ direction: "outbound" }, "You", false],
    [{ senderName: "Ben" }, "Ben", true],
    [{ direction: "outbound", sentByName: "Alex Agent" }, "Alex Agent", true],
  ] as const)(
    "says who wrote %j to all, and shows it where it is one of several",
    (fields, name, shown) => {
      show(fields);
      const author = bubble().firstElementChild;
      expect(author?.textContent).toBe(name);
      expect(author?.className).toBe(shown ? "author" : "sr-only");
    },
  );

  it("marks what was forwarded and what was edited", () => {
    show({ id: 1, forwarded: "once" }, { id: 2, forwarded: "often", editedAt: SENT_AT });
    const [once, often] = screen.getAllByRole("article");
    expect(once?.textContent).toMatch(/^AnaForwardedHello/);
    expect(often?.textContent).toMatch(/^AnaForwarded many timesHelloEdited/);
  });

  it("leads from a quote to its message, on this page or another", () => {
    const quote = {
      missing: false,
      direction: "outbound",
      senderName: null,
      type: "text",
    } as const;
    const rest = { mediaVoice: false, text: "When?", revoked: false };
    const { container } = show(
      { id: 1 },
      { id: 2, quoted: { ...quote, ...rest, messageId: 1 } },
      { id: 3, quoted: { ...quote, ...rest, messageId: 99, text: null, type: "location" } },
      { id: 4, quoted: { ...quote, ...rest, messageId: 99, revoked: true } },
      { id: 5, quoted: { missing: true } },
    );
    expect(links()).toEqual(["#m-1", "?around=99#m-99", "?around=99#m-99"]);
    expect(container.querySelector("#m-1")).toBeTruthy();
    const [, near, far, gone, missing] = screen.getAllByRole("article");
    expect(near?.textContent).toContain("You When?");
    expect(far?.textContent).toContain("You Location");
    expect(gone?.textContent).toContain("This message was deleted by its sender.");
    expect(missing?.textContent).toContain("A message that isn't here.");
  });

  it("tells where a customer came from", () => {
    const referral = { source_type: "ad", headline: "Rooms", source_url: "https://fb.test/1" };
    show({ referral: readReferral(referral) });
    expect(bubble().textContent).toContain("From an advertisementRoomsfb.test");
    expect(links()).toEqual(["https://fb.test/1"]);
  });

  it("tells which product a customer asks about", () => {
    show({ referral: readReferral({ referred_product: { product_retailer_id: "sea-view" } }) });
    expect(bubble().textContent).toContain("About a productsea-view");
  });

  it("shows reactions with their number and whose they are", () => {
    const from = [
      { direction: "inbound", senderName: null },
      { direction: "outbound", senderName: null },
    ] as const;
    show({ reactions: [{ emoji: "👍", from: [...from] }] });
    const list = screen.getByRole("list", { name: "Reactions" });
    expect(list.textContent).toBe("👍2 from Ana, You");
  });
});

describe("delivery", () => {
  function showDelivery(fields: Partial<Delivery>, message: Partial<MessageResponse> = {}) {
    const errors = { errorCode: null, errorTitle: null, errorDetails: null };
    const delivery = { status: "sent", ...errors, counts: null, ...fields };
    return show({ direction: "outbound", delivery, ...message }).container;
  }

  const posted = (name: string) => {
    const button = screen.getByRole<HTMLButtonElement>("button", { name });
    return Object.fromEntries(new FormData(button.form ?? undefined, button));
  };

  it.each([
    ["sending", "Sending", "icon-sending"],
    ["sent", "Sent", "icon-sent"],
    ["delivered", "Delivered", "icon-delivered"],
    ["read", "Read", "icon-read"],
    ["played", "Played", "icon-read"],
  ])("shows %s as a tick and in a word", (status, word, icon) => {
    const container = showDelivery({ status });
    expect(bubble().textContent).toBe(`YouHello14:03${word}Reply`);
    expect(container.querySelector(`.${icon}`)).toBeTruthy();
  });

  it.each([
    ["failed", "Not sent", "icon-failed"],
    ["unconfirmed", "Not confirmed", "icon-unconfirmed"],
  ])("shows %s in words for all, with a picture of its own", (status, words, icon) => {
    const container = showDelivery({ status });
    const mark = screen.getByText(words);
    expect(mark.closest(".sr-only, .tick, [aria-hidden]")).toBeNull();
    const icons = [...container.querySelectorAll('.icon[aria-hidden="true"]')];
    expect(icons.map(({ className }) => className)).toEqual([`icon ${icon}`]);
  });

  it("shows a word of WhatsApp's that it doesn't know as it is", () => {
    const container = showDelivery({ status: "warning" });
    expect(bubble().textContent).toContain("warning");
    expect(container.querySelector(".tick")).toBeNull();
  });

  it.each([
    [{ errorCode: 131047, errorTitle: "Re-engagement message" }, /24 hours.*template.*\(131047\)/],
    [{ errorCode: 131026, errorTitle: "Undeliverable" }, /may not use WhatsApp.*\(131026\)/],
    [{ errorCode: 139999, errorTitle: "New failure" }, /Not sentReplyNew failure \(139999\)$/],
    [{ errorCode: 139999, errorDetails: "Only details" }, /Only details \(139999\)$/],
    [{}, /WhatsApp gave no reason\.$/],
  ])("says why a message failed and what to do: %j", (failure, words) => {
    showDelivery({ status: "failed", ...failure });
    expect(bubble().textContent).toMatch(words);
  });

  it("counts a group's members", () => {
    showDelivery({ status: "read", counts: { delivered: 3, read: 1, failed: 1 } });
    expect(bubble().textContent).toContain("3 received, 1 read, 1 not reachedRead");
  });

  it("offers to retry or discard what WhatsApp has not taken, and to quote it to nobody", () => {
    showDelivery({ status: "failed", errorCode: 131056 }, { id: 9, isLocal: true });
    expect(bubble().textContent).toMatch(/Not sent.*Wait a minute.*\(131056\)/);
    expect(posted("Send again")).toEqual({ message: "9", intent: "retry" });
    expect(posted("Discard")).toEqual({ message: "9", intent: "discard" });
    expect(screen.queryByRole("link", { name: "Reply" })).toBeNull();
  });

  it("says of what WhatsApp has not confirmed that it may have been sent", () => {
    showDelivery({ status: "unconfirmed" }, { id: 9, isLocal: true });
    expect(bubble().textContent).toContain("It may have been sent");
    expect(posted("Send again anyway")).toEqual({ message: "9", intent: "retry" });
    expect(posted("Discard")).toEqual({ message: "9", intent: "discard" });
  });

  it("offers nothing of the kind for what WhatsApp has taken", () => {
    showDelivery({ status: "failed", errorCode: 131047 });
    expect(screen.queryByRole("button")).toBeNull();
  });
});
