import { describe, expect, it } from "vitest";
import { geoHref, mailtoHref, telHref } from "./links.ts";

describe("links from a customer's phone", () => {
  it.each([
    ["+1 (555) 010-2319", "tel:+15550102319"],
    ["15550102319", "tel:15550102319"],
  ])("calls %s", (phone, href) => expect(telHref(phone)).toBe(href));

  it.each(["", "+", "12", "*#06#", "+1555;ext=1", "javascript:1", "1".repeat(16), "+1+555"])(
    "F65 does not call %s",
    (phone) => expect(telHref(phone)).toBeNull(),
  );

  it("writes to an e-mail address", () =>
    expect(mailtoHref("Lucia.G+x@hotel.test")).toBe("mailto:Lucia.G+x@hotel.test"));

  it.each([
    "a@b.test?bcc=evil@evil.test",
    "a@b.test,c@d.test",
    "a%0Abcc:x@b.test",
    "<a@b.test>",
    "a@b",
    "@b.test",
    "a b@c.test",
  ])("F65 does not write to %s", (email) => expect(mailtoHref(email)).toBeNull());

  it("shows a place with its coordinates, never in powers of ten", () =>
    expect(geoHref({ latitude: 1e-7, longitude: -122.5 })).toBe("geo:0.000000,-122.500000"));
});
