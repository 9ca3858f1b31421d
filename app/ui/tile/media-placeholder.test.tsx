import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureNotices } from "#app/media/file/failure.ts";
import type { MediaKind } from "#app/models/message-kind.ts";
import { messageResponse, PAGE } from "#tests/support/message.tsx";
import { ServerRender } from "../page/server-render.ts";
import { UNSHOWN } from "../words/media-words.ts";
import { threadLinks } from "../words/thread-links.ts";
import {
  MediaPlaceholder,
  type MediaPlaceholderProps,
  type ServerReveal,
} from "./media-placeholder.tsx";

const NOW = Date.UTC(2026, 10, 22, 14, 3);
const FAILED = "Failed to load. Tap to retry.";

function props(kind: MediaKind, revealed?: ServerReveal): MediaPlaceholderProps {
  return {
    message: {
      ...messageResponse({ type: kind }),
      mediaKind: kind,
      mediaId: "1234567890",
      mediaFilename: kind === "document" ? "invoice.pdf" : null,
      mediaVoice: kind === "audio",
      mediaExpiresAt: new Date(NOW + 86_400_000),
    },
    origin: "Ana, 14:03",
    now: NOW,
    links: PAGE.links,
    revealed,
  };
}

const tile = () => screen.getByRole("link", { name: /Tap to view/ });

/** What the browser had made of every picture before the page was hydrated. */
function imageState(state: { complete: boolean; naturalWidth: number }) {
  vi.spyOn(HTMLImageElement.prototype, "complete", "get").mockReturnValue(state.complete);
  vi.spyOn(HTMLImageElement.prototype, "naturalWidth", "get").mockReturnValue(state.naturalWidth);
}

describe("MediaPlaceholder", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 404 })));
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("plays a voice note upon a tap, and none that came with the page", () => {
    const { container, unmount } = render(<MediaPlaceholder {...props("audio")} />);
    fireEvent.click(tile());
    expect(container.querySelector("audio")?.autoplay).toBe(true);
    unmount();

    const { container: page } = render(
      <MediaPlaceholder {...props("audio", { t: NOW, failure: null, showable: "yes" })} />,
    );
    expect(page.querySelector("audio")?.autoplay).toBe(false);
  });

  it("starts no film by itself", () => {
    const { container } = render(<MediaPlaceholder {...props("video")} />);
    fireEvent.click(tile());
    expect(container.querySelector("video")?.autoplay).toBe(false);
  });

  it("pauses the other players when one begins", () => {
    const paused: string[] = [];
    vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(function (
      this: HTMLMediaElement,
    ) {
      paused.push(this.tagName);
    });
    const shown = { t: NOW, failure: null, showable: "yes" as const };
    const { container } = render(
      <>
        <MediaPlaceholder {...props("audio", shown)} />
        <MediaPlaceholder {...props("video", shown)} />
      </>,
    );
    const audio = container.querySelector("audio");
    if (!audio) throw new Error("No player");
    fireEvent.play(audio);
    expect(paused).toEqual(["VIDEO"]);
  });

  it("shows a tile first, and asks for nothing", () => {
    const { container } = render(<MediaPlaceholder {...props("image")} />);
    expect(tile().textContent).toContain("Photo");
    expect(container.querySelector("img, video, audio, [src]")).toBeNull();
  });

  it("is a plain link to the revealed page until the page is hydrated", () => {
    const links = threadLinks({ pathname: "/conversations/1", search: "?before=99&t=1&reveal=2" });
    render(<MediaPlaceholder {...props("image")} links={links} />);
    expect(tile().getAttribute("href")).toBe(`?before=99&reveal=7&t=${NOW}#m-7`);
  });

  it.each([
    ["image", /Photo from Ana/],
    ["sticker", /Sticker from Ana/],
    ["video", /Video from Ana/],
    ["audio", /Voice message from Ana/],
  ] as const)("reveals %s in place on the first tap, behind a spinner", async (kind, label) => {
    render(<MediaPlaceholder {...props(kind)} />);
    fireEvent.click(tile());
    expect(screen.getByRole("progressbar")).toBeTruthy();
    const element =
      kind === "image" || kind === "sticker"
        ? screen.getByAltText(label)
        : document.querySelector(kind);
    expect(element?.getAttribute("src")).toBe(`/media/1234567890?t=${NOW}`);
    const isVideo = kind === "video";
    if (isVideo) Object.defineProperty(element, "videoWidth", { value: 640 });
    fireEvent(
      element as Element,
      new Event(kind === "image" || kind === "sticker" ? "load" : "loadedmetadata"),
    );
    await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("offers the file to be saved while it loads, and when it is shown", async () => {
    render(<MediaPlaceholder {...props("image")} />);
    fireEvent.click(tile());
    const download = () => screen.getByRole("link", { name: "Download" });
    expect(download().getAttribute("href")).toBe(`/media/1234567890?t=${NOW}&save`);
    expect(download().hasAttribute("download")).toBe(true);
    fireEvent.load(screen.getByAltText(/Photo/));
    await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
    expect(download()).toBeTruthy();
  });

  it.each([
    ["image", "error"],
    ["sticker", "error"],
    ["video", "error"],
    ["audio", "error"],
  ] as const)(
    "says of %s that came whole that this browser can't show it, and offers it to be saved",
    async (kind, event) => {
      const asked: (string | null | undefined)[] = [];
      vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
        asked.push(new Headers(init.headers).get("X-Media-Shown"));
        return new Response(null);
      });
      const { container } = render(<MediaPlaceholder {...props(kind)} />);
      fireEvent.click(tile());
      fireEvent(container.querySelector("[src]") as Element, new Event(event));
      const words = await screen.findByRole("alert");
      expect(words.textContent).toBe(UNSHOWN);
      expect(container.textContent).not.toContain(FAILED);
      expect(screen.getByRole("link", { name: "Download" })).toBeTruthy();
      await waitFor(() => expect(asked).toEqual([null, "no"]));
    },
  );

  it("says so of a picture that loads and then can't be drawn", async () => {
    vi.stubGlobal("fetch", async () => new Response(null));
    render(<MediaPlaceholder {...props("image")} />);
    fireEvent.click(tile());
    const picture = screen.getByAltText<HTMLImageElement>(/Photo/);
    picture.decode = () => Promise.reject(new DOMException("", "EncodingError"));
    fireEvent.load(picture);
    expect((await screen.findByRole("alert")).textContent).toBe(UNSHOWN);
  });

  it("says so of a film without a picture, whose sound stays, and tells the server", async () => {
    const told: (string | null)[] = [];
    vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
      told.push(new Headers(init.headers).get("X-Media-Shown"));
      return new Response(null);
    });
    const { container } = render(<MediaPlaceholder {...props("video")} />);
    fireEvent.click(tile());
    const film = container.querySelector("video") as HTMLVideoElement;
    Object.defineProperty(film, "videoWidth", { value: 0 });
    fireEvent(film, new Event("loadedmetadata"));
    expect((await screen.findByRole("alert")).textContent).toContain(UNSHOWN);
    expect(container.querySelector("video")).toBe(film);
    await waitFor(() => expect(told).toEqual(["no"]));
  });

  it("tells the server of what it plays, which not every browser does", async () => {
    const told: (string | null)[] = [];
    vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
      told.push(new Headers(init.headers).get("X-Media-Shown"));
      return new Response(null);
    });
    const { container } = render(<MediaPlaceholder {...props("audio")} />);
    fireEvent.click(tile());
    fireEvent(container.querySelector("audio") as Element, new Event("loadedmetadata"));
    await waitFor(() => expect(told).toEqual(["yes"]));
  });

  it("takes back that a film has no picture, when one comes later", async () => {
    vi.stubGlobal("fetch", async () => new Response(null));
    const { container } = render(<MediaPlaceholder {...props("video")} />);
    fireEvent.click(tile());
    const film = container.querySelector("video") as HTMLVideoElement;
    Object.defineProperty(film, "videoWidth", { value: 0, configurable: true });
    fireEvent(film, new Event("loadedmetadata"));
    await screen.findByRole("alert");
    Object.defineProperty(film, "videoWidth", { value: 640 });
    fireEvent(film, new Event("resize"));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("keeps a player that has played and then gives up, where the file is fine", async () => {
    const told: (string | null)[] = [];
    vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
      told.push(new Headers(init.headers).get("X-Media-Shown"));
      return new Response(null);
    });
    const { container } = render(<MediaPlaceholder {...props("audio")} />);
    fireEvent.click(tile());
    const player = container.querySelector("audio") as HTMLAudioElement;
    fireEvent(player, new Event("loadedmetadata"));
    await waitFor(() => expect(told).toEqual(["yes"]));
    fireEvent(player, new Event("error"));
    await waitFor(() => expect(told).toEqual(["yes", null, "yes"]));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(container.querySelector("audio")).toBe(player);
  });

  it("says that it failed where a player breaks off because WhatsApp did", async () => {
    const { container } = render(<MediaPlaceholder {...props("audio")} />);
    fireEvent.click(tile());
    fireEvent(container.querySelector("audio") as Element, new Event("loadedmetadata"));
    vi.stubGlobal(
      "fetch",
      async () => new Response(null, { status: 502, headers: { "X-Media-Failure": "upstream" } }),
    );
    fireEvent(container.querySelector("audio") as Element, new Event("error"));
    expect((await screen.findByRole("alert")).textContent).toContain(FAILED);
  });

  it("says so of a player that gets nothing more and doesn't complain", async () => {
    vi.useFakeTimers({ now: NOW });
    vi.stubGlobal("fetch", async () => new Response(null));
    const { container } = render(<MediaPlaceholder {...props("audio")} />);
    fireEvent.click(tile());
    for (let progress = 0; progress < 3; progress++) {
      await act(() => vi.advanceTimersByTimeAsync(15_000));
      fireEvent(container.querySelector("audio") as Element, new Event("progress"));
    }
    expect(screen.queryByRole("alert")).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(25_000));
    expect(screen.getByRole("alert").textContent).toBe(UNSHOWN);
  });

  it("says that it failed, and a tap tries again with a fresh address", async () => {
    render(<MediaPlaceholder {...props("image")} />);
    fireEvent.click(tile());
    fireEvent.error(screen.getByAltText(/Photo/));
    expect((await screen.findByRole("alert")).textContent).toContain(FAILED);
    vi.setSystemTime(NOW + 5_000);
    fireEvent.click(screen.getByRole("link", { name: new RegExp(FAILED) }));
    expect(screen.getByAltText(/Photo/).getAttribute("src")).toBe(
      `/media/1234567890?t=${NOW + 5_000}`,
    );
  });

  it("asks with the same address why it failed, and tells it", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      asked.push(`${init.method} ${url}`);
      return Promise.resolve(
        new Response(null, { status: 502, headers: { "X-Media-Failure": "upstream" } }),
      );
    });
    render(<MediaPlaceholder {...props("image")} />);
    fireEvent.click(tile());
    fireEvent.error(screen.getByAltText(/Photo/));
    await waitFor(() =>
      expect(screen.getByRole("alert").textContent).toBe(
        `${FAILED}${failureNotices.upstream.message}`,
      ),
    );
    expect(asked).toEqual([`HEAD /media/1234567890?t=${NOW}`]);
  });

  it("promises nothing of a retry that can't help, but takes one", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(null, { status: 410, headers: { "X-Media-Failure": "gone" } })),
    );
    render(<MediaPlaceholder {...props("image")} />);
    fireEvent.click(tile());
    fireEvent.error(screen.getByAltText(/Photo/));
    const { message } = failureNotices.gone;
    const failed = await screen.findByRole("link", { name: message });
    expect(screen.getByRole("alert").textContent).toBe(message);
    vi.setSystemTime(NOW + 5_000);
    fireEvent.click(failed);
    expect(screen.getByAltText(/Photo/).getAttribute("src")).toContain(`t=${NOW + 5_000}`);
  });

  it("says no more than that it failed, where the server can't be asked or knows nothing", async () => {
    const nothing = async () => new Response(null, { status: 502 });
    for (const answer of [() => Promise.reject(new TypeError()), nothing]) {
      const asked = vi.fn(answer);
      vi.stubGlobal("fetch", asked);
      render(<MediaPlaceholder {...props("image")} />);
      fireEvent.click(tile());
      fireEvent.error(screen.getByAltText(/Photo/));
      expect((await screen.findByRole("alert")).textContent).toBe(FAILED);
      expect(asked).toHaveBeenCalledTimes(1);
      cleanup();
    }
  });

  it("fetches afresh on a tap on the shown file, even within the same millisecond", () => {
    render(<MediaPlaceholder {...props("image")} />);
    fireEvent.click(tile());
    fireEvent.load(screen.getByAltText(/Photo/));
    fireEvent.click(screen.getByAltText(/Photo/));
    expect(screen.getByAltText(/Photo/).getAttribute("src")).toBe(`/media/1234567890?t=${NOW + 1}`);
    expect(screen.getByRole("progressbar")).toBeTruthy();
  });

  it("leaves a tap that asks for a new tab to the browser", () => {
    render(<MediaPlaceholder {...props("image")} />);
    fireEvent.click(tile(), { ctrlKey: true });
    expect(tile()).toBeTruthy();
  });

  it("asks whether a document can be had before it hands it to the browser to save", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      asked.push(`${init.method} ${url}`);
      return Promise.resolve(new Response(null));
    });
    render(<MediaPlaceholder {...props("document")} />);
    fireEvent.click(tile());
    await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
    expect(asked).toEqual([`HEAD /media/1234567890?t=${NOW}`]);
    expect(screen.getByRole("link", { name: "Download invoice.pdf" })).toBeTruthy();
  });

  it("asks once why a document can't be had", async () => {
    const asked = vi.fn(() =>
      Promise.resolve(new Response(null, { status: 410, headers: { "X-Media-Failure": "gone" } })),
    );
    vi.stubGlobal("fetch", asked);
    render(<MediaPlaceholder {...props("document")} />);
    fireEvent.click(tile());
    await screen.findByRole("link", { name: failureNotices.gone.message });
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("shows what the page's own request revealed", () => {
    imageState({ complete: true, naturalWidth: 640 });
    render(<MediaPlaceholder {...props("image", { t: 5, failure: null, showable: "yes" })} />);
    expect(screen.getByAltText(/Photo/).getAttribute("src")).toBe("/media/1234567890?t=5");
  });

  it("notices a picture that failed before there was a script to listen", async () => {
    imageState({ complete: true, naturalWidth: 0 });
    vi.spyOn(HTMLImageElement.prototype, "decode").mockRejectedValue(new DOMException());
    render(<MediaPlaceholder {...props("image", { t: 5, failure: null, showable: "yes" })} />);
    expect((await screen.findByRole("alert")).textContent).toContain(FAILED);
  });

  it("shows the failure that the page's own request met, as HTML", () => {
    const html = renderToStaticMarkup(
      <MediaPlaceholder
        {...props("image", { t: 5, failure: failureNotices.throttled, showable: "maybe" })}
      />,
    );
    expect(html).toContain(FAILED);
    expect(html).toContain("WhatsApp asks for a pause.");
    expect(html).not.toContain("<img");
  });

  it("writes the frame for browsers without JavaScript on the server only", () => {
    const element = <MediaPlaceholder {...props("image")} />;
    const written = renderToStaticMarkup(
      <ServerRender.Provider value={{ renderToStaticMarkup }}>{element}</ServerRender.Provider>,
    );
    expect(written).toMatch(
      /<noscript><iframe class="tile" title="Photo from Ana, 14:03" srcDoc="/,
    );
    expect(written).toContain(`/media/1234567890/view?t=${NOW}`);
    expect(renderToStaticMarkup(element)).toContain("<noscript></noscript>");
  });

  it("F28 says that an expired file has expired, asks for nothing, and lets it be tried", () => {
    const asked = vi.fn(() => Promise.resolve(new Response(null)));
    vi.stubGlobal("fetch", asked);
    const late = { ...props("image"), now: NOW + 2 * 86_400_000 };
    const { container } = render(<MediaPlaceholder {...late} />);
    const expired = screen.getByRole("link", { name: /Expired at WhatsApp/ });
    expect(expired.textContent).toContain("Try anyway");
    expect(expired.textContent).not.toContain("Tap to view");
    expect(container.querySelector("[src]")).toBeNull();
    expect(asked).not.toHaveBeenCalled();
    fireEvent.click(expired);
    expect(screen.getByAltText(/Photo/).getAttribute("src")).toBe(`/media/1234567890?t=${NOW}`);
  });

  it("F28 says so in the frame for browsers without JavaScript too", () => {
    const written = renderToStaticMarkup(
      <ServerRender.Provider value={{ renderToStaticMarkup }}>
        <MediaPlaceholder {...props("image")} now={NOW + 2 * 86_400_000} />
      </ServerRender.Provider>,
    );
    expect(written.match(/Expired at WhatsApp/g)).toHaveLength(2);
    expect(written).not.toContain("Tap to view");
  });

  it("offers no tap where WhatsApp sent no usable media id", () => {
    const message = { ...props("image").message, mediaId: null };
    const { container } = render(<MediaPlaceholder {...props("image")} message={message} />);
    expect(container.querySelector("a")).toBeNull();
    expect(container.textContent).toContain("can't be fetched");
  });

  it("keeps markup in a file name inert, in the page and in the frame", () => {
    const message = { ...props("document").message, mediaFilename: "<img src=x onerror=alert(1)>" };
    const written = renderToStaticMarkup(
      <ServerRender.Provider value={{ renderToStaticMarkup }}>
        <MediaPlaceholder {...props("document")} message={message} />
      </ServerRender.Provider>,
    );
    expect(written).not.toContain("<img");
    expect(written).toContain("&amp;lt;img");
  });
});
