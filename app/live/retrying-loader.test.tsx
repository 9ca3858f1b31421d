import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadListWithRetries, loadWithRetries, setShown } from "./retrying-loader.ts";

const HERE = "http://inbox.test/conversations/1?unread=1";
const ELSEWHERE = "http://inbox.test/conversations/2?unread=1";
const LIST = { conversations: [] };

beforeEach(() => {
  vi.useFakeTimers();
  setShown({ url: HERE, list: LIST });
});
afterEach(() => {
  vi.useRealTimers();
});

const offline = new TypeError("Failed to fetch");
const answers =
  (...results: unknown[]) =>
  async () => {
    const result = results.shift();
    if (result instanceof Error || result instanceof Response) throw result;
    return result;
  };

describe("the data of the page that is shown", () => {
  it("is asked for until it comes, whatever fails, and the page stays", async () => {
    const load = answers(offline, new Error("Unexpected Server Error"), "data");
    const loading = loadWithRetries(new Request(HERE), load);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await loading).toBe("data");
  });

  it("is asked for at once when the connection is back", async () => {
    const loading = loadWithRetries(new Request(HERE), answers(offline, "data"));
    await vi.advanceTimersByTimeAsync(0);
    window.dispatchEvent(new Event("online"));
    expect(await loading).toBe("data");
  });

  it("is asked for no more once the person has gone on", async () => {
    const leaving = new AbortController();
    const load = vi.fn(answers(offline, "data"));
    const loading = loadWithRetries(new Request(HERE, { signal: leaving.signal }), load);
    await vi.advanceTimersByTimeAsync(0);
    leaving.abort();
    await expect(loading).rejects.toBe(offline);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("gives way to what the server answers: a redirect to the sign-in", async () => {
    const redirect = new Response(null, { status: 302, headers: { Location: "/login" } });
    await expect(loadWithRetries(new Request(HERE), answers(redirect))).rejects.toBe(redirect);
  });
});

describe("the data of another page", () => {
  it.each([offline, new Error("Unable to decode turbo-stream response from URL: /x.data")])(
    "fails as a lost connection: %s",
    async (error) => {
      const loading = loadWithRetries(new Request(ELSEWHERE), answers(error));
      await expect(loading).rejects.toMatchObject({ name: "ConnectionLostError" });
    },
  );

  it("fails as it did where the server has failed", async () => {
    const error = new Error("Unexpected Server Error");
    await expect(loadWithRetries(new Request(ELSEWHERE), answers(error))).rejects.toBe(error);
  });
});

describe("the list beside another page", () => {
  it("stays as it is when the connection is lost", async () => {
    expect(await loadListWithRetries(new Request(ELSEWHERE), answers(offline))).toBe(LIST);
  });

  it("fails with it where it would be another list", async () => {
    const other = new Request("http://inbox.test/conversations?q=ana");
    await expect(loadListWithRetries(other, answers(offline))).rejects.toMatchObject({
      name: "ConnectionLostError",
    });
  });
});
