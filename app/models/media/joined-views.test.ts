import { expect, it } from "vitest";
import { joinViews } from "./joined-views.ts";
import type { MediaView } from "./media-views.server.ts";

const view = (fields: Partial<MediaView> = {}): MediaView => ({
  ...{ userId: 1, messageId: 2, mediaId: "3", tap: 4, status: 206, requests: 1, bytes: 10 },
  ...{ outcome: "client-left", seen: null, fileSize: null },
  ...fields,
});

it("adds up what the requests of one tap took, under the status of the first", () => {
  const joined = joinViews([view(), view({ status: 200, bytes: 5, fileSize: 99 }), view()]);
  expect(joined).toEqual([view({ requests: 3, bytes: 25, fileSize: 99 })]);
});

it("leaves requests by themselves alone, in their order", () => {
  const alone = [view({ tap: null, bytes: 1 }), view({ tap: null, bytes: 2 })];
  expect(joinViews(alone)).toEqual(alone);
});

it.each([{ userId: 7 }, { mediaId: "8" }, { tap: 9 }])("keeps taps apart by %o", (other) => {
  expect(joinViews([view(), view(other)])).toHaveLength(2);
});

it("orders taps alike, however they came", () => {
  const taps = [view({ tap: 5 }), view({ tap: 4, mediaId: "9" }), view(), view({ tap: null })];
  expect(joinViews(taps)).toEqual(joinViews(taps.toReversed()));
});

it.each([
  [[null, "likely"], "likely"],
  [["likely", null], "likely"],
  [["likely", "not-shown"], "not-shown"],
  [["not-shown", "likely"], "not-shown"],
  [["not-shown", "shown"], "shown"],
  [["shown", "not-shown"], "not-shown"],
  [["saved", "not-shown"], "saved"],
  [["not-shown", "saved"], "saved"],
] as const)("of %o makes %s", ([before, after], seen) => {
  expect(joinViews([view({ seen: before }), view({ seen: after })])).toMatchObject([{ seen }]);
});

it("forgets no file that has come whole for a part of it that broke off later", () => {
  const outcomes = [view({ outcome: "complete" }), view({ outcome: "timeout" })];
  expect(joinViews(outcomes)).toMatchObject([{ outcome: "complete" }]);
});
