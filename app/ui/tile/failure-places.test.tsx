import { text } from "node:stream/consumers";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failureResponse } from "#app/media/failure-response.server.tsx";
import { type FailureKind, failureNotices, MediaFailure } from "#app/media/file/failure.ts";
import { messageResponse, PAGE } from "#tests/support/message.tsx";
import { MediaPlaceholder, type ServerReveal } from "./media-placeholder.tsx";
import { viewDocument } from "./view-document.server.tsx";

const RETRY = "Failed to load. Tap to retry.";
const ADDRESS = "http://localhost/media/622684793477189?t=1";
const kinds = Object.keys(failureNotices) as FailureKind[];

const pointer = {
  mediaId: "622684793477189",
  kind: "image",
  filename: null,
  sha256: null,
  direction: "inbound",
  conversationId: 1,
  messageId: 1,
} as const;

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function placeholder(revealed?: ServerReveal) {
  const message = {
    ...messageResponse({ type: "image", mediaId: "622684793477189" }),
    mediaKind: "image" as const,
  };
  const rest = { message, origin: "Ana, 14:03", now: 1, links: PAGE.links };
  return <MediaPlaceholder {...rest} revealed={revealed} />;
}

const wordsIn = (html: string) => {
  const page = document.implementation.createHTMLDocument();
  page.body.innerHTML = html;
  return page.querySelector("[role=alert]")?.textContent;
};

/** What each place tells of a failure. */
const places: Record<string, (kind: FailureKind) => Promise<string | null | undefined>> = {
  "the frame without JavaScript": async (kind) => {
    const failure = new MediaFailure(kind, { detail: "for the log only" });
    const probed = Promise.resolve({ failure, showable: "maybe" as const });
    const page = viewDocument({ pointer, t: 1, standalone: false, probed });
    return wordsIn(await text(page));
  },
  "the page behind the plain link": async (kind) =>
    wordsIn(
      renderToStaticMarkup(placeholder({ t: 1, failure: failureNotices[kind], showable: "maybe" })),
    ),
  "the hydrated tile": async (kind) => {
    vi.stubGlobal("fetch", async (url: string, { method = "GET" }: RequestInit) =>
      failureResponse(new Request(new URL(url, ADDRESS), { method }), new MediaFailure(kind)),
    );
    render(placeholder());
    fireEvent.click(screen.getByRole("link", { name: /Tap to view/ }));
    fireEvent.error(screen.getByAltText(/Photo/));
    await waitFor(() => expect(screen.getByRole("alert").textContent).not.toBe(RETRY));
    return screen.getByRole("alert").textContent;
  },
};

describe.each(kinds)("the failure %s", (kind) => {
  const { message, retryable } = failureNotices[kind];

  it.each(Object.keys(places))(
    "has its one sentence in %s, and a retry where one can help",
    async (place) => {
      expect(await places[place]?.(kind)).toBe(retryable ? `${RETRY}${message}` : message);
    },
  );

  it("is told to programs in the same words", async () => {
    const answer = failureResponse(new Request(ADDRESS), new MediaFailure(kind));
    expect(await answer.json()).toMatchObject({ kind, title: message, retryable });
  });
});
