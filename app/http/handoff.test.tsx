import { afterEach, beforeEach, expect, it } from "vitest";
import { HANDOFF_TYPE, receiveHandoff } from "./handoff.ts";

const fromThePage = new ReadableStream<Uint8Array>();

beforeEach(() => {
  Object.assign(window, { __remixContext: { stream: fromThePage } });
});
afterEach(() => {
  delete window.handoff;
});

function answer(body: BodyInit, type = HANDOFF_TYPE, status = 200) {
  return Promise.resolve(new Response(body, { status, headers: { "Content-Type": type } }));
}

/** A connection that breaks after the first bytes. */
function broken() {
  let pulls = 0;
  return new ReadableStream({
    pull(controller) {
      if (pulls++ === 0) controller.enqueue(new TextEncoder().encode("[1,"));
      else controller.error(new TypeError("terminated"));
    },
  });
}

it("a page's data are taken from the answer", async () => {
  window.handoff = answer("[1,2]");
  expect(await receiveHandoff()).toBe(true);
  expect(await new Response(window.__remixContext.stream).text()).toBe("[1,2]");
});

it("a page that brought its data keeps them", async () => {
  expect(await receiveHandoff()).toBe(true);
  expect(window.__remixContext.stream).toBe(fromThePage);
});

it.each([
  ["there is no connection", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["a proxy shows a page of its own", () => answer("<p>Sign in to the Wi-Fi", "text/html")],
  ["the server fails", () => answer("[1,2]", HANDOFF_TYPE, 503)],
  ["the connection breaks midway", () => answer(broken())],
])("no data are taken when %s", async (_, ask) => {
  window.handoff = ask();
  expect(await receiveHandoff()).toBe(false);
  expect(window.__remixContext.stream).toBe(fromThePage);
});
