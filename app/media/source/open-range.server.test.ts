import { describe, expect, it } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { download, lookup, source } from "#tests/support/open-media.ts";
import { createMediaOpener } from "./open.server.ts";
import { createResolver } from "./resolve.server.ts";
import { anyHealth } from "./testing/resolver-options.ts";

/** Opens with a Range that WhatsApp answers in the given way. */
function openRange(range: string, status: number, headers: Record<string, string>) {
  const answer = download(status, { "content-type": "image/jpeg", ...headers });
  const asked: (string | undefined)[] = [];
  const { open } = createMediaOpener(
    {
      downloadMedia: async ({ range }) => {
        asked.push(range);
        return answer;
      },
    },
    createResolver(
      { lookUpMedia: async () => lookup({ fileSize: 10 }) },
      { tokenHealth: anyHealth },
    ),
  );
  return { opened: open(source, range, noAbort), body: answer.body, asked };
}

describe("opening a part of a file", () => {
  it("F56 passes the Range on and hands over the part", async () => {
    const { opened, asked } = openRange("bytes=2-5", 206, {
      "content-range": "bytes 2-5/10",
      "content-length": "4",
      "accept-ranges": "bytes",
    });
    expect(await opened).toMatchObject({
      status: 206,
      length: 4,
      contentRange: { first: 2, last: 5, total: 10 },
      acceptsRanges: true,
    });
    expect(asked).toEqual(["bytes=2-5"]);
  });

  it.each([
    ["bytes=2-", "bytes 2-9/10"],
    ["bytes=2-", "bytes 2-5/10"],
    ["bytes=2-99", "bytes 2-9/10"],
    ["bytes=-3", "bytes 7-9/10"],
    ["bytes=-99", "bytes 0-9/10"],
    ["bytes=2-5", "bytes 2-5/*"],
  ])("F56 takes %s answered with %s", async (range, contentRange) => {
    const { opened } = openRange(range, 206, { "content-range": contentRange });
    expect(await opened).toMatchObject({ status: 206 });
  });

  it("expects as many bytes as Content-Range names when no length is declared", async () => {
    const { opened } = openRange("bytes=2-", 206, { "content-range": "bytes 2-9/10" });
    expect(await opened).toMatchObject({ length: 8 });
  });

  it("F43 passes 200 in answer to a Range on as a full 200", async () => {
    const { opened } = openRange("bytes=2-5", 200, { "content-length": "4" });
    expect(await opened).toMatchObject({ status: 200, contentRange: undefined });
  });

  it.each([
    ["no Content-Range", {}],
    ["several parts", { "content-type": "multipart/byteranges; boundary=x" }],
    ["garbage", { "content-range": "bytes two-five/10" }],
    ["an end before the start", { "content-range": "bytes 5-2/10" }],
    ["an end beyond the whole", { "content-range": "bytes 2-10/10" }],
    ["another unit", { "content-range": "items 2-5/10" }],
    ["the unsatisfied form", { "content-range": "bytes */10" }],
    ["a part from elsewhere", { "content-range": "bytes 0-3/10" }],
    ["more than was asked for", { "content-range": "bytes 2-9/10" }],
    ["another length than declared", { "content-range": "bytes 2-5/10", "content-length": "9" }],
  ])("F44 refuses a 206 with %s", async (_, headers) => {
    const { opened, body } = openRange("bytes=2-5", 206, headers as Record<string, string>);
    await expect(opened).rejects.toMatchObject({ kind: "upstream" });
    expect(body.destroyed).toBe(true);
  });

  it.each(["bytes 0-3/10", "bytes 6-9/10"])(
    "F44 refuses %s as the last three bytes",
    async (contentRange) => {
      const { opened } = openRange("bytes=-3", 206, { "content-range": contentRange });
      await expect(opened).rejects.toMatchObject({ kind: "upstream" });
    },
  );

  it("F56 passes 416 on when a Range was asked for", async () => {
    const { opened, body } = openRange("bytes=99-", 416, { "content-range": "bytes */10" });
    await expect(opened).rejects.toMatchObject({ kind: "range" });
    expect(body.destroyed).toBe(true);
  });
});
