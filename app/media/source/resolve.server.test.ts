import { describe, expect, it } from "vitest";
import type { MediaLookup } from "#app/whatsapp/files/media-client.server.ts";
import { noAbort } from "#tests/support/no-abort.ts";
import { lookup, source } from "#tests/support/open-media.ts";
import { createResolver } from "./resolve.server.ts";
import { anyHealth, retryAtOnce } from "./testing/resolver-options.ts";

const NOON = Date.parse("2026-05-01T12:00:00Z");
const MINUTE = 60_000;

/** A WhatsApp whose URLs live five minutes unless it is told otherwise, and a clock to move. */
function setUp(lookUp?: (count: number) => MediaLookup) {
  const clock = { now: NOON };
  const asked: unknown[] = [];
  const resolver = createResolver(
    {
      lookUpMedia: async (media) => {
        asked.push(media);
        return lookUp?.(asked.length) ?? lookup({ expiresAt: clock.now + 5 * MINUTE });
      },
    },
    { now: () => clock.now, retry: retryAtOnce, tokenHealth: anyHealth },
  );
  return { clock, asked, ...resolver };
}

describe("createResolver", () => {
  it("remembers a URL until shortly before its own expiry", async () => {
    const { clock, asked, resolve } = setUp();
    const first = await resolve(source, noAbort);
    clock.now += 4 * MINUTE;
    expect(await resolve(source, noAbort)).toBe(first);
    clock.now = first.expiresAt - 1_000;
    expect(await resolve(source, noAbort)).not.toBe(first);
    expect(asked).toHaveLength(2);
  });

  it("asks again every time for a URL that was as good as expired when it came", async () => {
    const { asked, resolve } = setUp(() => lookup({ expiresAt: NOON + 1_000 }));
    await resolve(source, noAbort);
    await resolve(source, noAbort);
    expect(asked).toHaveLength(2);
  });

  it("does not share between companies, numbers or files", async () => {
    const { asked, resolve } = setUp();
    await resolve(source, noAbort);
    await resolve({ ...source, companyId: 2 }, noAbort);
    await resolve({ ...source, phoneNumberId: "106540352242923" }, noAbort);
    await resolve({ ...source, mediaId: "622684793477190" }, noAbort);
    expect(asked).toHaveLength(4);
  });

  it("asks once for a hundred people at once", async () => {
    const { asked, resolve } = setUp();
    await Promise.all(Array.from({ length: 100 }, () => resolve(source, noAbort)));
    expect(asked).toHaveLength(1);
  });

  it("forgets a look-up that was found stale", async () => {
    const { asked, resolve, forget } = setUp();
    forget(source, await resolve(source, noAbort));
    await resolve(source, noAbort);
    expect(asked).toHaveLength(2);
  });

  it("keeps a newer look-up when somebody finds an older one stale", async () => {
    const { asked, resolve, forget } = setUp();
    const old = await resolve(source, noAbort);
    forget(source, old);
    const fresh = await resolve(source, noAbort);
    forget(source, old);
    expect(await resolve(source, noAbort)).toBe(fresh);
    expect(asked).toHaveLength(2);
  });

  it("keeps a look-up that others still wait for when the first who asked leaves", async () => {
    const leaving = new AbortController();
    const { asked, resolve } = setUp();
    const [first, second] = [resolve(source, leaving.signal), resolve(source, noAbort)];
    leaving.abort(new Error("left"));
    await expect(first).rejects.toThrow("left");
    expect(await second).toMatchObject({ mimeType: "image/jpeg" });
    expect(asked).toHaveLength(1);
  });

  it("stops waiting, and aborts the look-up, when the only person leaves", async () => {
    let aborted = false;
    const { resolve } = createResolver({
      lookUpMedia: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            reject(signal.reason);
          });
        }),
    });
    const leaving = new AbortController();
    const asked = resolve(source, leaving.signal);
    leaving.abort(new Error("left"));
    await expect(asked).rejects.toThrow("left");
    expect(aborted).toBe(true);
  });

  it("remembers a bounded number of files, the latest", async () => {
    const { asked, resolve } = setUp();
    const numbered = (mediaId: number) => ({ ...source, mediaId: String(mediaId) });
    for (let id = 1; id <= 10_001; id++) await resolve(numbered(id), noAbort);
    await resolve(numbered(10_001), noAbort);
    await resolve(numbered(2), noAbort);
    expect(asked).toHaveLength(10_001);
    await resolve(numbered(1), noAbort);
    expect(asked).toHaveLength(10_002);
  });
});
