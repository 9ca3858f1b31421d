import { describe, expect, it } from "vitest";
import { GraphError } from "#app/whatsapp/graph/graph-error.ts";
import { createRetry } from "#app/whatsapp/graph/retry.ts";
import { noAbort } from "#tests/support/no-abort.ts";
import { download, lookup, source } from "#tests/support/open-media.ts";
import { MediaFailure } from "../file/failure.ts";
import { createMediaOpener } from "./open.server.ts";
import { createResolver } from "./resolve.server.ts";
import { anyHealth } from "./testing/resolver-options.ts";

type Answer = ReturnType<typeof download> | Error;

const lost = () => new GraphError("unavailable", "read ECONNRESET");

/** A WhatsApp that gives these answers to downloads, one after the other; pauses pass at once. */
function setUp(...answers: Answer[]) {
  const given = [...answers];
  const pauses: number[] = [];
  let downloads = 0;
  const retry = createRetry({ sleep: async (ms) => pauses.push(ms), random: () => 1 });
  const { open } = createMediaOpener(
    {
      downloadMedia: async () => {
        downloads += 1;
        const answer = answers.shift();
        if (!answer) throw new Error("No more downloads were expected.");
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    createResolver({ lookUpMedia: async () => lookup() }, { tokenHealth: anyHealth }),
    { retry },
  );
  return {
    downloads: () => downloads,
    open: (media = source) => open(media, undefined, noAbort),
    pauses,
    /** Whether each body that was not handed over has been destroyed. */
    leftOpen: () => given.filter((one) => !(one instanceof Error) && !one.body.destroyed).length,
  };
}

const failureOf = async (opened: Promise<unknown>) => {
  const error: unknown = await opened.then(
    () => "no failure",
    (reason) => reason,
  );
  if (!(error instanceof MediaFailure)) throw error;
  return error;
};

describe("a download that WhatsApp fails to answer", () => {
  it.each([
    ["500", () => download(500)],
    ["502, a gateway's page", () => download(502, { "content-type": "text/html" })],
    ["503", () => download(503)],
    ["a lost connection", lost],
  ])("F32 is asked for again: %s, once and twice", async (_, fault) => {
    const once = setUp(fault(), download());
    expect(await once.open()).toMatchObject({ status: 200 });
    expect(once.leftOpen()).toBe(1);
    const twice = setUp(fault(), fault(), download());
    expect(await twice.open()).toMatchObject({ status: 200 });
    expect(twice.leftOpen()).toBe(1);
    expect(twice.pauses).toEqual([200, 400]);
  });

  it("F32 is told as WhatsApp's failure after three tries", async () => {
    const world = setUp(download(500), lost(), download(503), download());
    expect(await failureOf(world.open())).toMatchObject({
      kind: "upstream",
      detail: "the download answered 503",
    });
    expect(world.downloads()).toBe(3);
  });

  it("F33 is not asked for again after a timeout", async () => {
    const world = setUp(new GraphError("timeout", "Headers Timeout Error"), download());
    expect(await failureOf(world.open())).toMatchObject({ kind: "timeout" });
    expect(world.downloads()).toBe(1);
    expect(world.pauses).toEqual([]);
  });

  it("F49 is told without names of hosts, which only the log gets", async () => {
    const refused = () => new GraphError("unavailable", "connect ECONNREFUSED 192.0.2.1:443");
    const failure = await failureOf(setUp(refused(), refused(), refused()).open());
    expect(failure.message).not.toContain("192.0.2.1");
    expect(failure.detail).toContain("192.0.2.1");
  });

  it("keeps an error of our own an error of our own", async () => {
    await expect(setUp(new TypeError("a bug")).open()).rejects.toThrow(TypeError);
  });
});

describe("a download that WhatsApp throttles", () => {
  const throttled = (retryAfter = "42") => download(429, { "retry-after": retryAfter });

  it("F31 is told with the pause, and is not asked for again meanwhile", async () => {
    const world = setUp(throttled(), download());
    for (let taps = 0; taps < 3; taps++) {
      const failure = await failureOf(world.open());
      expect(failure).toMatchObject({ kind: "throttled" });
      expect(failure.retryAfterSeconds).toBeGreaterThan(40);
      expect(failure.retryAfterSeconds).toBeLessThanOrEqual(42);
    }
    expect(world.downloads()).toBe(1);
  });

  it.each(["", "soon", "-1"])(
    "F31 is left alone for a while for Retry-After %j too",
    async (value) => {
      const world = setUp(throttled(value), download());
      expect((await failureOf(world.open())).retryAfterSeconds).toBeGreaterThan(0);
      expect(await failureOf(world.open())).toMatchObject({ kind: "throttled" });
      expect(world.downloads()).toBe(1);
    },
  );

  it("F31 doesn't hold up another number", async () => {
    const world = setUp(throttled(), download());
    await failureOf(world.open());
    const other = { ...source, phoneNumberId: "106540352242923" };
    expect(await world.open(other)).toMatchObject({ status: 200 });
  });
});

describe("a failure of the look-up", () => {
  it.each([
    ["gone", "gone"],
    ["refused", "refused"],
    ["throttled", "throttled"],
    ["timeout", "timeout"],
    ["unavailable", "upstream"],
    ["unexpected", "upstream"],
  ] as const)("tells Graph's %s as %s", async (kind, expected) => {
    const retry = createRetry({ sleep: async () => {} });
    const { lookUp } = createMediaOpener(
      { downloadMedia: () => Promise.reject(new Error("not expected")) },
      createResolver(
        { lookUpMedia: () => Promise.reject(new GraphError(kind, "detail", 7)) },
        { retry, tokenHealth: anyHealth },
      ),
    );
    const failure = await failureOf(lookUp(source, noAbort));
    expect(failure).toMatchObject({ kind: expected, detail: "detail", retryAfterSeconds: 7 });
  });
});

describe("a person who leaves", () => {
  it.each(["at once", "between two tries"])(
    "F53 gets the signal's reason, no failure: %s",
    async (when) => {
      const leaving = new AbortController();
      let downloads = 0;
      const { open } = createMediaOpener(
        {
          downloadMedia: async () => {
            downloads += 1;
            if (when === "at once") leaving.abort(new Error("left"));
            throw lost();
          },
        },
        createResolver({ lookUpMedia: async () => lookup() }, { tokenHealth: anyHealth }),
        {
          retry: createRetry({
            sleep: async (_ms, signal) => {
              leaving.abort(new Error("left"));
              signal.throwIfAborted();
            },
          }),
        },
      );
      await expect(open(source, undefined, leaving.signal)).rejects.toThrow("left");
      expect(downloads).toBe(1);
    },
  );

  it("is told why, when the fetch was given up for them", async () => {
    const givenUp = AbortSignal.abort(new MediaFailure("timeout", { detail: "too many wait" }));
    const { open } = createMediaOpener(
      { downloadMedia: () => Promise.reject(lost()) },
      createResolver({ lookUpMedia: async () => lookup() }, { tokenHealth: anyHealth }),
    );
    const failure = await failureOf(open(source, undefined, givenUp));
    expect(failure).toMatchObject({ kind: "timeout", detail: "too many wait" });
  });
});
