import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { readReferral } from "#app/models/details/referral.ts";
import type { Delivery } from "#app/models/message-response.ts";
import { bubble, links, SENT_AT, show } from "./testing.tsx";

afterEach(cleanup);

describe("around a message", () => {
  it("names who wrote in a group, and only there", () => {
    show({ senderName: "Ben" });
    expect(bubble().textContent).toContain("Ben");
    expect(bubble().getAttribute("aria-label")).toBe("Ben, 14:03");
    cleanup();
    show({});
    expect(bubble().textContent).not.toContain("Ana");
  });

  it("marks what was forwarded and what was edited", () => {
    show({ id: 1, forwarded: "once" }, { id: 2, forwarded: "often", editedAt: SENT_AT });
    const [once, often] = screen.getAllByRole("article");
    expect(once?.textContent).toMatch(/^ForwardedHello/);
    expect(often?.textContent).toMatch(/^Forwarded many timesHelloEdited/);
  });

  it("leads from a quote to its message where that is on the page", () => {
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
    expect(links()).toEqual(["#m-1"]);
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
  function showDelivery(fields: Partial<Delivery>) {
    const errors = { errorCode: null, errorTitle: null, errorDetails: null };
    const delivery = { status: "sent", at: SENT_AT, ...errors, counts: null, ...fields };
    return show({ direction: "outbound", delivery }).container;
  }

  it.each([
    ["sent", "Sent", "icon-sent"],
    ["delivered", "Delivered", "icon-delivered"],
    ["read", "Read", "icon-read"],
    ["played", "Played", "icon-read"],
  ])("shows %s as a tick and in a word", (status, word, icon) => {
    const container = showDelivery({ status });
    expect(bubble().textContent).toBe(`Hello14:03${word}`);
    expect(container.querySelector(`.${icon}`)).toBeTruthy();
  });

  it("shows a word of WhatsApp's that it doesn't know as it is", () => {
    const container = showDelivery({ status: "warning" });
    expect(bubble().textContent).toContain("warning");
    expect(container.querySelector(".icon")).toBeNull();
  });

  it.each([
    [{ errorCode: 131047, errorTitle: "Re-engagement message" }, /24 hours.*template.*\(131047\)/],
    [{ errorCode: 131026, errorTitle: "Undeliverable" }, /may not use WhatsApp.*\(131026\)/],
    [{ errorCode: 139999, errorTitle: "New failure" }, /Not sentNew failure \(139999\)$/],
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
});
