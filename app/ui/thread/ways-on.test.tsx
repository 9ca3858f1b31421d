import { text } from "node:stream/consumers";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type FailureKind, failureNotices, MediaFailure } from "#app/media/file/failure.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { messageResponse, PAGE } from "#tests/support/message.tsx";
import { ServerRender } from "../page/server-render.ts";
import { MediaPlaceholder } from "../tile/media-placeholder.tsx";
import { viewDocument } from "../tile/view-document.server.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ASK = "Ask to send it again";
const askHref = "?reply=7&ask=1#composer";

function tile(fields: Partial<MessageResponse>, failure?: FailureKind) {
  const message = { ...messageResponse({ type: "image", mediaId: "123", ...fields }) };
  return (
    <MediaPlaceholder
      message={{ ...message, mediaKind: "image" }}
      origin="Ana, 14:03"
      now={PAGE.now}
      links={PAGE.links}
      revealed={failure && { t: 1, failure: failureNotices[failure], showable: "maybe" }}
    />
  );
}

const written = (element: React.ReactElement) =>
  renderToStaticMarkup(
    <ServerRender.Provider value={{ renderToStaticMarkup }}>{element}</ServerRender.Provider>,
  );
const expired = { mediaExpiresAt: new Date(PAGE.now) };

describe("a file that WhatsApp no longer has", () => {
  it("F28 can be asked for again where it has expired, in the page and in the frame", () => {
    render(tile(expired));
    expect(screen.getByRole("link", { name: ASK }).getAttribute("href")).toBe(askHref);
    const html = written(tile(expired));
    expect(html).toContain(
      `&lt;a class=&quot;ask&quot; href=&quot;${askHref.replace("&", "&amp;amp;")}`,
    );
    expect(html).toContain("target=&quot;_top&quot;");
  });

  it("can be asked for again once the page's own request has met that it is gone", () => {
    render(tile({}, "gone"));
    expect(screen.getByRole("alert").textContent).not.toContain(ASK);
    expect(screen.getByRole("link", { name: ASK }).getAttribute("href")).toBe(askHref);
  });

  it.each(["inbound", "outbound"] as const)(
    "says so in the view of an %s file",
    async (direction) => {
      const view = viewDocument({
        pointer: {
          mediaId: "123",
          kind: "image",
          filename: null,
          sha256: "abc",
          direction,
          conversationId: 4,
          messageId: 7,
        },
        t: 1,
        standalone: false,
        probed: Promise.resolve({ failure: new MediaFailure("gone"), showable: "maybe" }),
      });
      const html = await text(view);
      expect(html).toContain('<body class="frame media-image aa bb cc">');
      const link =
        '<a class="ask" href="/conversations/4?reply=7&amp;ask=1#composer" target="_top">';
      expect(html.includes(link)).toBe(direction === "inbound");
    },
  );

  it("is not asked for while it can be had, failed otherwise, or is our own", () => {
    const ours = { direction: "outbound" } as const;
    for (const element of [
      tile({}),
      tile({}, "upstream"),
      tile({}, "forbidden"),
      tile({ ...ours, ...expired }),
      tile(ours, "gone"),
    ]) {
      expect(written(element)).not.toContain(ASK);
    }
  });
});

it("leads a person who was signed out meanwhile to sign in, and back", async () => {
  const headers = { "X-Media-Failure": "signed-out" };
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401, headers }));
  render(tile({}));
  fireEvent.click(screen.getByRole("link", { name: /Tap to view/ }));
  fireEvent.error(screen.getByAltText(/Photo/));
  const link = await screen.findByRole("link", { name: "Sign in" });
  expect(link.getAttribute("href")).toBe("/login?redirectTo=%2Fconversations%2F1");
});

it("keeps the keyboard at a file whose tile was tapped", () => {
  const { container } = render(tile({}));
  const link = screen.getByRole("link", { name: /Tap to view/ });
  link.focus();
  fireEvent.click(link);
  expect(document.activeElement).toBe(container.querySelector(".media"));
});

it("tells what it knows of a file: its name, size, and how long WhatsApp still has it", () => {
  const mediaExpiresAt = new Date(PAGE.now + 3 * 3_600_000);
  const file = { mediaFilename: "receipt.jpg", mediaSize: 2_412_345, mediaExpiresAt };
  const { container } = render(tile(file));
  expect(screen.getByRole("link").textContent).toBe(
    "receipt.jpg Photo, 2.4 MBTap to view 3 hours left",
  );
  expect(container.querySelector(".soon")?.textContent).toBe(" 3 hours left");
});
