import { cleanup, screen, within } from "@testing-library/react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, describe, expect, it } from "vitest";
import { messageDetails } from "#app/models/messages/message-details.ts";
import { messageOf } from "#app/whatsapp/payload/testing/parsed.ts";
import {
  bubble,
  links,
  messageResponse,
  PAGE,
  SENT_AT,
  show,
  showType,
} from "#tests/support/message.tsx";
import { formAnswer, pickedFile } from "#tests/support/webhooks.ts";
import { MessageList } from "../thread/message-list.tsx";

afterEach(cleanup);

describe("MessageContent", () => {
  it("shows a text in the direction of its own letters", () => {
    show({ body: "مرحبا" });
    expect(screen.getByText("مرحبا").getAttribute("dir")).toBe("auto");
  });

  it("shows a location with links to the place and to its page, and no map", () => {
    const place = { latitude: 37.5, longitude: -122, name: "Harbour", address: "1 Quay" };
    const { container } = showType("location", { ...place, url: "https://quay.test/map" });
    expect(bubble().textContent).toContain("Harbour1 Quay");
    expect(links()).toEqual(["geo:37.500000,-122.000000", "https://quay.test/map"]);
    expect(screen.getByText("quay.test").getAttribute("rel")).toBe("noreferrer");
    expect(container.querySelector("img, iframe, [src]")).toBeNull();
  });

  it("shows contacts, with links to those numbers and addresses that have the shape of one", () => {
    showType("contacts", [
      {
        name: { formatted_name: "Lucía" },
        org: { company: "Hotel" },
        phones: [{ phone: "+1 (555) 010-2319" }, { phone: "1;ext=javascript:" }],
        emails: [{ email: "lucia@hotel.test" }, { email: "x@y.test?bcc=z@y.test" }],
      },
      {},
    ]);
    expect(bubble().textContent).toContain("LucíaHotel");
    expect(bubble().textContent).toContain("1;ext=javascript:");
    expect(bubble().textContent).toContain("Contact without a name");
    expect(links()).toEqual(["tel:+15550102319", "mailto:lucia@hotel.test"]);
  });

  it("shows an order with its prices and their sum", () => {
    showType("order", {
      text: "To the room",
      product_items: [
        { product_retailer_id: "breakfast", quantity: 2, item_price: 12.5, currency: "EUR" },
        { product_retailer_id: "<b>late</b>", quantity: 1, item_price: "5", currency: "EUR" },
      ],
    });
    const [breakfast, late] = within(bubble()).getAllByRole("listitem");
    expect(breakfast?.textContent).toMatch(/^2 × breakfast EUR\s12\.50 each$/);
    expect(late?.textContent).toMatch(/^1 × <b>late<\/b> EUR\s5\.00$/);
    expect(bubble().textContent).toMatch(/Total EUR\s30\.00To the room/);
  });

  it("shows prices that are no amounts as they were written, without a sum", () => {
    showType("order", { product_items: [{ item_price: "five", currency: "beads" }] });
    expect(bubble().textContent).toContain("? × unnamed product five beads");
    expect(bubble().textContent).not.toContain("Total");
  });

  it("shows a form's files where they were picked, as tiles, and no JSON of them", () => {
    const answers = {
      Damage_photos: [pickedFile("71"), pickedFile("../etc")],
      Plate: "AB 123",
      Papers: [pickedFile("72", { mime_type: "application/pdf", file_name: "papers.pdf" })],
    };
    const payload = messageOf(formAnswer("wamid.1", answers))?.payload;
    const { container } = showType("interactive", payload);
    const fields = [...container.querySelectorAll("dl > div")].map((field) => field.textContent);
    expect(fields[0]).toMatch(/^Damage photosdamage\.jpg Photo.*Tap to view.*can't be fetched\.$/);
    expect(fields[1]).toBe("PlateAB 123");
    expect(fields[2]).toMatch(/^Paperspapers\.pdf Document.*Tap to view/);
    expect(bubble().textContent).not.toMatch(/[{[\]}]|sha256|file_name/);
    const now = SENT_AT.getTime();
    expect(links().filter((href) => href?.includes("reveal"))).toEqual([
      `?reveal=7&file=71&t=${now}#m-7-1`,
      `?reveal=7&file=72&t=${now}#m-7-3`,
    ]);
    expect(container.querySelector("#m-7-3.media-document")).not.toBeNull();
  });

  it("shows only the one file of a form that the page has revealed", () => {
    const answers = { photos: [pickedFile("71"), pickedFile("72")] };
    const details = messageDetails(
      "interactive",
      messageOf(formAnswer("wamid.1", answers))?.payload,
    );
    const message = messageResponse({ type: "interactive", details });
    const reveal = { messageId: 7, mediaId: "72", t: 12, failure: null, showable: "yes" as const };
    const page = renderToStaticMarkup(
      <MessageList {...PAGE} messages={[message]} reveal={reveal} />,
    );
    expect(page.match(/<img[^>]*/g)).toEqual([expect.stringContaining('src="/media/72?t=12"')]);
    expect(page.match(/Tap to view/g)).toHaveLength(1);
  });

  it("says how many files of a form are too many to show", () => {
    const answers = { photos: Array.from({ length: 101 }, (_, index) => pickedFile(`${index}`)) };
    showType("interactive", messageOf(formAnswer("wamid.1", answers))?.payload);
    expect(bubble().textContent).toContain("1 more file, too many to show.");
  });

  it.each([
    ["button", { text: "Cancel" }],
    ["interactive", { type: "button_reply", button_reply: { title: "Cancel" } }],
  ])("shows the answer to a %s", (type, payload) => {
    showType(type, payload);
    expect(bubble().textContent).toContain("Chose: Cancel");
  });

  it("shows the fields of a form", () => {
    const nfm_reply = { response_json: '{"screen_0_name_0":"Ana","guests":2}' };
    showType("interactive", { type: "nfm_reply", nfm_reply });
    expect(screen.getAllByRole("term").map((term) => term.textContent)).toEqual(["name", "guests"]);
    expect(screen.getAllByRole("definition").map((it) => it.textContent)).toEqual(["Ana", "2"]);
  });

  it("says of a form that can't be read that it can't", () => {
    showType("interactive", { type: "nfm_reply", nfm_reply: { response_json: "{" } });
    expect(bubble().textContent).toContain("can't be read");
  });

  it("shows what nobody wrote as a line and not as a bubble", () => {
    show(
      { id: 1, type: "system", details: { kind: "system", text: "Ana changed her number" } },
      { id: 2, type: "request_welcome", details: { kind: "welcome" } },
    );
    expect(screen.queryByRole("article")).toBeNull();
    expect(screen.getByText("Ana changed her number")).toBeTruthy();
    expect(screen.getByText("Ana opened the chat.")).toBeTruthy();
  });

  it("says of what it can't show where it can be seen, in WhatsApp's words too", () => {
    show({
      type: "unsupported",
      details: messageDetails("unsupported", { unsupported: { type: "poll" } }),
      problem: { errorCode: 131051, errorTitle: "Message type unknown" },
    });
    expect(bubble().textContent).toContain("Open WhatsApp on the phone to see it.");
    expect(bubble().textContent).toContain("“poll”");
    expect(bubble().textContent).toContain("Message type unknown (131051)");
  });

  it("shows the words of a message whose type it doesn't know", () => {
    show({ type: "new", body: "Words", details: { kind: "unsupported", of: null } });
    expect(bubble().textContent).toContain("Words");
    expect(bubble().textContent).not.toContain("Unsupported");
  });

  it.each([null, "622684793477189"])(
    "F28 explains a file that WhatsApp couldn't deliver, in the place of its tile, whatever its id: %s",
    (mediaId) => {
      const problem = { errorCode: 131052, errorTitle: "Too big" };
      show({ type: "video", mediaId, mediaCaption: "The whole tour", problem });
      expect(bubble().textContent).toMatch(
        /^AnaThe whole tourVideo: WhatsApp couldn't pass on .+100 MB/,
      );
      expect(bubble().textContent).not.toContain("Tap to view");
      expect(document.querySelector(".tile, a:not(.reply)")).toBeNull();
    },
  );

  it("keeps the tile of a file of ours that WhatsApp didn't deliver to the customer", () => {
    const problem = { errorCode: 131047, errorTitle: "Re-engagement message" };
    show({ type: "image", direction: "outbound", mediaId: "622684793477189", problem });
    expect(screen.getByRole("link", { name: /Tap to view/ })).toBeTruthy();
  });

  it("says that history has not sent a file", () => {
    showType("media_placeholder");
    expect(bubble().textContent).toContain("from before this inbox was connected");
  });

  it("shows nothing but that of a message that was taken back", () => {
    show({ type: "image", mediaKind: null, revokedAt: SENT_AT, editedAt: SENT_AT });
    expect(bubble().textContent).toBe("AnaThis message was deleted by its sender.14:03");
  });
});
