import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { createMemoryRouter, RouterProvider, useActionData, useLoaderData } from "react-router-dom";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ComposerError } from "#app/sending/action-error.ts";
import type { ComposerData } from "#app/sending/composer.server.ts";
import { renderOnPage } from "#tests/support/render-on-page.tsx";
import { askAgainWords, roomWords, windowWords } from "../words/composer-words.ts";
import { Composer } from "./composer.tsx";

const NOW = Date.UTC(2026, 10, 22, 9, 0);
const HOUR_MS = 3_600_000;
const quote = {
  missing: false,
  messageId: 9,
  direction: "inbound",
  senderName: null,
  type: "image",
  mediaVoice: false,
  text: null,
  revoked: false,
} as const;
const data: ComposerData = {
  key: "key-1",
  through: 12,
  window: { open: true, closesAt: NOW + 5 * HOUR_MS },
  quote: null,
  asksAgain: false,
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const composer = (fields: Partial<ComposerData> = {}, failure?: ComposerError) => (
  <Composer
    composer={{ ...data, ...fields }}
    contactName="Ana"
    now={NOW}
    timeZone="UTC"
    failure={failure}
  />
);
const field = () => screen.getByLabelText<HTMLTextAreaElement>("Message");
const form = () => {
  const { form } = field();
  if (!form) throw new Error("There is no form.");
  return form;
};
const hiddenValue = (name: string) =>
  form().querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value;

function LivePage() {
  const { key } = useLoaderData() as { key: string };
  return composer({ key }, (useActionData() as ComposerError | null) ?? undefined);
}

/** A page whose action answers as told, and whose loader gives a new key each time. */
function renderLive(answer: () => unknown) {
  let keys = 0;
  const posted: Record<string, string>[] = [];
  const router = createMemoryRouter(
    [
      {
        id: "page",
        path: "/conversations/7",
        loader: () => ({ key: `key-${++keys}` }),
        action: async ({ request }) => {
          const sent = await request.formData();
          posted.push({ text: String(sent.get("text")), key: String(sent.get("key")) });
          return answer();
        },
        Component: LivePage,
      },
    ],
    {
      initialEntries: ["/conversations/7"],
      hydrationData: { loaderData: { page: { key: "key-0" } } },
    },
  );
  render(<RouterProvider router={router} future={{ v7_startTransition: true }} />);
  return { router, posted };
}

describe("the form", () => {
  it("has all that the server must know before the file, in this order", () => {
    renderOnPage(composer({ quote }), "/conversations/7?q=a&reply=9");
    const names = [...form().elements].flatMap((element) => element.getAttribute("name") ?? []);
    expect(names).toEqual(["intent", "key", "through", "reply", "text", "file"]);
    expect(form().getAttribute("enctype")).toBe("multipart/form-data");
    expect([hiddenValue("key"), hiddenValue("through"), hiddenValue("reply")]).toEqual([
      "key-1",
      "12",
      "9",
    ]);
  });

  it("shows what is answered, and a way out that keeps the list", () => {
    renderOnPage(composer({ quote }), "/conversations/7?q=a&reply=9&ask=1");
    expect(form().textContent).toContain("In answer to Ana Photo");
    const cancel = screen.getByRole("link", { name: "Cancel the quote" });
    expect(cancel.getAttribute("href")).toBe("/conversations/7?q=a#composer");
  });

  it("begins with a request where a file is asked for again", () => {
    renderOnPage(composer({ quote, asksAgain: true }));
    expect(field().value).toBe("Could you please send the photo again? WhatsApp no longer has it.");
  });

  it("comes back with what was written and what is wrong", () => {
    renderOnPage(composer({ quote, asksAgain: true }, { error: "Too long.", text: "My words" }));
    expect(screen.getByRole("alert").textContent).toBe("Too long.");
    expect(field().value).toBe("My words");
  });

  it("is none once the 24 hours are over, and says what can be done", () => {
    renderOnPage(composer({ window: { open: false, closesAt: NOW } }));
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.getByRole("region", { name: "Reply" }).textContent).toMatch(
      /can't reply now.*Until Ana writes again/,
    );
  });
});

describe("on a hydrated page", () => {
  const write = (text: string) => fireEvent.input(field(), { target: { value: text } });

  it("is empty with a new key once its message is out", async () => {
    const { posted } = renderLive(() => null);
    write("Hello");
    fireEvent.submit(form());
    await waitFor(() => expect(field().value).toBe(""));
    await waitFor(() => expect(hiddenValue("key")).toBe("key-1"));
    expect(posted).toEqual([{ text: "Hello", key: "key-0" }]);
  });

  it("keeps text and key when the message was not sent, and when the page is renewed", async () => {
    const { router } = renderLive(() => ({ error: "Not now.", text: "Hello" }));
    write("Hello");
    fireEvent.submit(form());
    await waitFor(() => expect(screen.getByRole("alert").textContent).toBe("Not now."));
    await router.revalidate();
    expect(field().value).toBe("Hello");
    expect(hiddenValue("key")).toBe("key-0");
  });

  it("can't be sent twice while it is on its way", async () => {
    let answer = (_: null) => {};
    const { posted } = renderLive(() => new Promise<null>((resolve) => (answer = resolve)));
    write("Hello");
    fireEvent.submit(form());
    const button = await screen.findByRole<HTMLButtonElement>("button", { name: "Sending…" });
    expect(button.disabled).toBe(true);
    fireEvent.keyDown(field(), { key: "Enter" });
    await waitFor(() => expect(posted).toHaveLength(1));
    answer(null);
    await screen.findByRole("button", { name: "Send" });
    expect(posted).toHaveLength(1);
  });

  it.each([
    ["Enter sends", {}, false, 1],
    ["Shift and Enter begin a line", { shiftKey: true }, false, 0],
    ["Enter begins a line on a touch screen", {}, true, 0],
    ["Enter chooses a word that is being composed", { isComposing: true }, false, 0],
  ])("%s", async (_, keys, coarse, count) => {
    vi.stubGlobal("matchMedia", () => ({ matches: coarse }));
    const { posted } = renderLive(() => null);
    write("Hello");
    fireEvent.keyDown(field(), { key: "Enter", ...keys });
    if (count > 0) await waitFor(() => expect(posted).toHaveLength(count));
    expect(posted).toHaveLength(count);
  });

  it("counts what is left near the limit", () => {
    renderOnPage(composer());
    write("👍".repeat(4_000));
    expect(form().textContent).toContain("96 characters left");
  });

  it.each([
    ["photo.heic", "image/heic", 10, "It takes JPEG"],
    ["photo.jpg", "image/jpeg", 6 * 1024 * 1024, "at most 5 MB"],
    ["photo.jpg", "image/jpeg", 10, ""],
  ])("says at once whether %s can be sent", (name, type, size, problem) => {
    renderOnPage(composer());
    const input = screen.getByLabelText<HTMLInputElement>("Attach a file");
    const file = new File(["x".repeat(size)], name, { type });
    fireEvent.change(input, { target: { files: [file] } });
    expect(input.validationMessage).toContain(problem);
    expect(input.validity.valid).toBe(problem === "");
  });
});

describe("its words", () => {
  it.each([
    [5 * HOUR_MS, "You can reply until 14:00 today (5 h left)."],
    [5 * HOUR_MS - 1, "You can reply until 13:59 today (4 h left)."],
    [18 * HOUR_MS, "You can reply until 03:00 tomorrow (18 h left)."],
    [HOUR_MS - 1, "You can reply until 09:59 today (59 min left)."],
    [59_999, "You can reply until 09:00 today (less than a minute left)."],
  ])("tell how long one can reply (%i)", (left, words) => {
    expect(windowWords(NOW + left, NOW, "UTC")).toBe(words);
  });

  it("count near the limit only", () => {
    expect([3_795, 3_796, 4_096, 4_097, 4_100].map(roomWords)).toEqual([
      null,
      "300 characters left",
      "0 characters left",
      "1 character too many",
      "4 characters too many",
    ]);
  });

  it("name what is asked for", () => {
    expect(askAgainWords({ type: "audio", mediaVoice: true })).toContain("the voice message again");
    expect(askAgainWords({ type: "text", mediaVoice: false })).toContain("the file again");
  });
});
