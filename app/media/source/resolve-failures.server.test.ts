import { describe, expect, it } from "vitest";
import type { MediaLookup } from "#app/whatsapp/files/media-client.server.ts";
import { GraphError, type GraphErrorKind } from "#app/whatsapp/graph/graph-error.ts";
import { noAbort } from "#tests/support/no-abort.ts";
import { lookup, source } from "#tests/support/open-media.ts";
import { createResolver } from "./resolve.server.ts";
import { retryAtOnce } from "./testing/resolver-options.ts";

const NOON = Date.parse("2026-05-01T12:00:00Z");
const otherNumber = { ...source, phoneNumberId: "106540352242923" };
const otherFile = { ...source, mediaId: "622684793477190" };

/** A WhatsApp that answers look-ups in this order, and then well. */
function setUp(...answers: (GraphErrorKind | GraphError | "well")[]) {
  const clock = { now: NOON };
  const asked: string[] = [];
  const health: unknown[] = [];
  const resolver = createResolver(
    {
      async lookUpMedia({ phoneNumberId, mediaId }): Promise<MediaLookup> {
        asked.push(`${phoneNumberId}/${mediaId}`);
        const answer = answers.shift() ?? "well";
        if (answer instanceof GraphError) throw answer;
        if (answer !== "well") throw new GraphError(answer, `it is ${answer}`);
        return lookup({ expiresAt: clock.now + 300_000 });
      },
    },
    {
      now: () => clock.now,
      retry: retryAtOnce,
      tokenHealth: {
        accepted: ({ phoneNumberId }, flagged) => health.push(["accepted", phoneNumberId, flagged]),
        refused: ({ phoneNumberId }, reason) => health.push(["refused", phoneNumberId, reason]),
      },
    },
  );
  return { ...resolver, clock, asked, health };
}

describe("a file that is gone", () => {
  it("F29 is remembered as gone for half a minute, then asked for again", async () => {
    const { asked, clock, resolve } = setUp("gone", "gone");
    for (const passed of [0, 1, 29_999]) {
      clock.now = NOON + passed;
      await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind: "gone" });
    }
    expect(asked).toHaveLength(1);
    clock.now = NOON + 30_000;
    await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind: "gone" });
    expect(asked).toHaveLength(2);
  });

  it("F29 shows again when WhatsApp had only mislaid it", async () => {
    const { clock, resolve } = setUp("gone", "well");
    await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind: "gone" });
    clock.now += 30_000;
    expect(await resolve(source, noAbort)).toMatchObject({ mimeType: "image/jpeg" });
  });

  it("F29 says nothing of other files, numbers and companies", async () => {
    const { resolve } = setUp("gone");
    await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind: "gone" });
    for (const other of [otherFile, otherNumber, { ...source, companyId: 2 }]) {
      expect(await resolve(other, noAbort)).toMatchObject({ mimeType: "image/jpeg" });
    }
  });

  it("F27 is remembered too when only its download is gone", async () => {
    const { asked, noteGone, resolve } = setUp();
    await resolve(source, noAbort);
    expect(noteGone(source, "404 twice")).toMatchObject({ kind: "gone", message: "404 twice" });
    await expect(resolve(source, noAbort)).rejects.toThrow("404 twice");
    expect(asked).toHaveLength(1);
  });
});

describe("other failures of a look-up", () => {
  it.each(["refused", "timeout", "unexpected"] as const)(
    "%s is neither tried again at once nor remembered",
    async (kind) => {
      const { asked, resolve } = setUp(kind);
      await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind });
      expect(asked).toHaveLength(1);
      expect(await resolve(source, noAbort)).toMatchObject({ mimeType: "image/jpeg" });
    },
  );

  it.each([1, 2])("F32 are not seen when WhatsApp answers after being away %i times", async (n) => {
    const { asked, resolve } = setUp(...Array<"unavailable">(n).fill("unavailable"));
    expect(await resolve(source, noAbort)).toMatchObject({ mimeType: "image/jpeg" });
    expect(asked).toHaveLength(n + 1);
  });

  it("F32 end after three tries, however many people wait for the file", async () => {
    const { asked, resolve } = setUp("unavailable", "unavailable", "unavailable");
    const people = Array.from({ length: 10 }, () => resolve(source, noAbort));
    for (const { status } of await Promise.allSettled(people)) expect(status).toBe("rejected");
    expect(asked).toHaveLength(3);
  });
});

describe("a number that WhatsApp throttles", () => {
  const throttled = new GraphError("throttled", "code 80007", 42);

  it("F31 is left alone for the time WhatsApp asks for, for all of its files", async () => {
    const { asked, clock, resolve } = setUp(throttled);
    const expectPause = (media: typeof source, retryAfterSeconds: number) =>
      expect(resolve(media, noAbort)).rejects.toMatchObject({
        kind: "throttled",
        retryAfterSeconds,
      });
    await expectPause(source, 42);
    clock.now += 40_500;
    await expectPause(source, 2);
    await expectPause(otherFile, 2);
    expect(asked).toHaveLength(1);
    clock.now += 1_500;
    expect(await resolve(otherFile, noAbort)).toMatchObject({ mimeType: "image/jpeg" });
  });

  it("F31 doesn't hold up another number", async () => {
    const { asked, resolve } = setUp(throttled);
    await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind: "throttled" });
    expect(await resolve(otherNumber, noAbort)).toMatchObject({ mimeType: "image/jpeg" });
    expect(asked).toEqual([
      `${source.phoneNumberId}/${source.mediaId}`,
      `${otherNumber.phoneNumberId}/${source.mediaId}`,
    ]);
  });

  it("F31 still hands out what is remembered", async () => {
    const { resolve } = setUp("well", throttled);
    const known = await resolve(source, noAbort);
    await expect(resolve(otherFile, noAbort)).rejects.toMatchObject({ kind: "throttled" });
    expect(await resolve(source, noAbort)).toBe(known);
  });
});

describe("what is told of the access token", () => {
  it("F30 that it was refused, and why", async () => {
    const { health, resolve } = setUp(new GraphError("refused", "HTTP 401, code 190/463"));
    await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind: "refused" });
    expect(health).toEqual([["refused", source.phoneNumberId, "HTTP 401, code 190/463"]]);
  });

  it("that it was taken, and whether the number stood as refused", async () => {
    const { health, resolve } = setUp();
    await resolve(source, noAbort);
    await resolve({ ...otherNumber, tokenRefused: true }, noAbort);
    expect(health).toEqual([
      ["accepted", source.phoneNumberId, false],
      ["accepted", otherNumber.phoneNumberId, true],
    ]);
  });

  it("nothing, when the look-up is remembered or fails for another reason", async () => {
    const kinds = ["gone", "throttled", "timeout", "unexpected"] as const;
    for (const kind of kinds) {
      const { health, resolve } = setUp(kind);
      await expect(resolve(source, noAbort)).rejects.toMatchObject({ kind });
      expect(health).toEqual([]);
    }
    const { health, resolve } = setUp();
    await resolve(source, noAbort);
    await resolve(source, noAbort);
    expect(health).toHaveLength(1);
  });
});
