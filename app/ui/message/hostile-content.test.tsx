import { cleanup } from "@testing-library/react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, describe, expect, it } from "vitest";
import { messageKinds } from "#app/models/message-kind.ts";
import { readReferral } from "#app/models/messages/details/referral.ts";
import { messageDetails } from "#app/models/messages/message-details.ts";
import { messageOf } from "#app/whatsapp/payload/testing/parsed.ts";
import { links, messageResponse, PAGE, show } from "#tests/support/message.tsx";
import { samples } from "#tests/support/webhooks.ts";
import { MessageList } from "../thread/message-list.tsx";

afterEach(cleanup);

/** A part of a message, with this in the place of all its texts. */
function filledWith(text: string, part: unknown): unknown {
  if (typeof part === "string") return text;
  if (Array.isArray(part)) return part.map((one) => filledWith(text, one));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, filledWith(text, value)]),
  );
}

describe("hostile content", () => {
  const evil = '"><img src=x onerror=alert(1)><script>alert(1)</script>';

  it("F64 keeps markup inert, wherever a customer can put it", () => {
    const quoted = { messageId: 9, direction: "inbound", senderName: evil, type: evil } as const;
    const html = renderToStaticMarkup(
      <MessageList
        {...PAGE}
        contactName={evil}
        messages={[
          messageResponse({ body: evil, senderName: evil }),
          messageResponse({
            quoted: { missing: false, ...quoted, mediaVoice: false, text: evil, revoked: false },
            referral: readReferral({ headline: evil, body: evil, source_url: evil }),
            reactions: [{ emoji: evil, from: [{ direction: "inbound", senderName: evil }] }],
            problem: { errorCode: 1, errorTitle: evil },
          }),
          ...Object.entries({
            location: { name: evil, address: evil, url: `https://${evil}/` },
            contacts: [{ name: { formatted_name: evil }, phones: [{ phone: evil }] }],
            order: { product_items: [{ product_retailer_id: evil, item_price: evil }] },
            button: { text: evil },
            interactive: { type: evil, [evil]: { [evil]: evil } },
            system: { body: evil },
            unsupported: { unsupported: { type: evil } },
          }).map(([type, payload]) =>
            messageResponse({ type, details: messageDetails(type, payload) }),
          ),
        ]}
      />,
    );
    expect(html).not.toMatch(/<img|<script/);
    expect(html.split("&lt;script&gt;").length).toBeGreaterThan(15);
  });

  it.each(messageKinds)(
    "F64 F65 keeps a %s inert, each text of which is markup or a script",
    (kind) => {
      const payload = messageOf(samples[kind])?.payload;
      for (const text of [evil, "javascript:alert(1)"]) {
        const details = messageDetails(kind, filledWith(text, payload));
        const message = {
          type: kind,
          body: text,
          details,
          mediaCaption: text,
          mediaFilename: text,
        };
        const html = renderToStaticMarkup(
          <MessageList {...PAGE} contactName={text} messages={[messageResponse(message)]} />,
        );
        expect(html).toContain(text === evil ? "&lt;script&gt;" : text);
        expect(html).not.toMatch(/<img|<script|="javascript:/);
      }
    },
  );

  it("F65 links to nothing but what it built itself", () => {
    const url = "javascript:alert(1)";
    show(
      { id: 1, body: url, referral: readReferral({ headline: "x", source_url: url }) },
      { id: 2, type: "location", details: messageDetails("location", { name: "x", url }) },
      {
        id: 3,
        type: "contacts",
        details: messageDetails("contacts", [
          { urls: [{ url }], phones: [{ phone: url }], emails: [{ email: url }] },
        ]),
      },
    );
    expect(links()).toEqual([]);
  });
});
