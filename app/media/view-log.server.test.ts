import { describe, expect, it, vi } from "vitest";
import type { MediaView } from "#app/models/media/media-views.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { log } from "#app/process/log.server.ts";
import { settle } from "#tests/support/settle.ts";
import { createViewLog } from "./view-log.server.ts";

const scopeOf = (companyId: number) => ({ companyId }) as CompanyScope;
const view = (mediaId: string): MediaView => ({
  userId: 1,
  messageId: 1,
  mediaId,
  tap: null,
  requests: 1,
  status: 200,
  bytes: 4,
  outcome: "complete",
  seen: "likely",
  fileSize: 4,
});

/** A table whose writes wait until they are let through; it takes no view called "bad". */
function setUp() {
  const writes: string[] = [];
  const stored: string[] = [];
  let waiting: (() => void)[] = [];
  const { add } = createViewLog(async ({ companyId }, views) => {
    const ids = views.map(({ mediaId }) => mediaId);
    writes.push(`${companyId}: ${ids.join(" ")}`);
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (ids.includes("bad")) throw new Error("violates foreign key constraint");
    stored.push(...ids);
  });
  return {
    writes,
    stored,
    add: (companyId: number, ...ids: string[]) => {
      for (const id of ids) add(scopeOf(companyId), view(id));
    },
    /** Lets all go through, and what follows from it. */
    async through() {
      while (waiting.length > 0) {
        const now = waiting;
        waiting = [];
        for (const go of now) go();
        await settle();
      }
    },
  };
}

describe("createViewLog", () => {
  it("writes a view down at once", async () => {
    const { add, stored, through, writes } = setUp();
    add(1, "a");
    expect(writes).toEqual(["1: a"]);
    await through();
    expect(stored).toEqual(["a"]);
  });

  it("writes views that end while one is being written together, in their order", async () => {
    const { add, stored, through, writes } = setUp();
    add(1, "a", "b", "c", "d");
    await through();
    expect(writes).toEqual(["1: a", "1: b c d"]);
    expect(stored).toEqual(["a", "b", "c", "d"]);
  });

  it("writes a later one at once again", async () => {
    const { add, through, writes } = setUp();
    for (const id of ["a", "b", "c"]) {
      add(1, id);
      await through();
    }
    expect(writes).toEqual(["1: a", "1: b", "1: c"]);
  });

  it("keeps companies apart: none waits for another's write, none is written with another's", async () => {
    const { add, through, writes } = setUp();
    add(1, "a", "b");
    add(2, "c", "d");
    expect(writes).toEqual(["1: a", "2: c"]);
    await through();
    expect(writes.slice(2).sort()).toEqual(["1: b", "2: d"]);
  });

  it.each([
    ["first", ["bad", "b", "c", "d"]],
    ["in the middle", ["b", "bad", "c", "d"]],
    ["last", ["b", "c", "d", "bad"]],
  ])("loses no other view for one that the database doesn't take: %s", async (_, ids) => {
    const told = vi.spyOn(log, "error");
    const { add, stored, through } = setUp();
    add(1, "a", ...ids, "e");
    await through();
    expect(stored).toEqual(["a", "b", "c", "d", "e"]);
    expect(told.mock.calls).toMatchObject([[{ event: "media.view_not_recorded", mediaId: "bad" }]]);
    told.mockRestore();
  });

  it("goes on after a view that was not taken alone", async () => {
    const told = vi.spyOn(log, "error");
    const { add, stored, through } = setUp();
    add(1, "bad");
    await through();
    add(1, "a");
    await through();
    expect(stored).toEqual(["a"]);
    expect(told).toHaveBeenCalledTimes(1);
    told.mockRestore();
  });
});
