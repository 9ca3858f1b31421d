import { describe, expect, it } from "vitest";
import { mediaKinds } from "#app/models/message-kind.ts";
import { hasSeen } from "./fetch-record.server.ts";

const played = ["video", "audio"] as const;
const whole = ["image", "sticker", "document"] as const;

describe("hasSeen", () => {
  it.each(mediaKinds)("takes one of kind %s that came to its end for seen", (kind) => {
    expect(hasSeen(kind, { bytes: 3, outcome: "complete" })).toBe(true);
  });

  it.each(played)("takes %s that the browser had enough of for seen", (kind) => {
    expect(hasSeen(kind, { bytes: 3, outcome: "client-left" })).toBe(true);
    expect(hasSeen(kind, { bytes: 3, outcome: "client-idle" })).toBe(true);
  });

  it.each(whole)("does not take a part of %s for seen", (kind) => {
    expect(hasSeen(kind, { bytes: 1e6, outcome: "client-left" })).toBe(false);
    expect(hasSeen(kind, { bytes: 1e6, outcome: "client-idle" })).toBe(false);
  });

  it.each(mediaKinds)("does not take one of kind %s that failed for seen", (kind) => {
    for (const outcome of ["upstream", "timeout", "gone", "internal"] as const) {
      expect(hasSeen(kind, { bytes: 1e6, outcome })).toBe(false);
    }
  });

  it.each(played)("does not take a look at the first two bytes of %s for seen", (kind) => {
    expect(hasSeen(kind, { bytes: 2, outcome: "complete" })).toBe(false);
    expect(hasSeen(kind, { bytes: 0, outcome: "client-left" })).toBe(false);
  });

  it.each(whole)("takes %s of two bytes for seen", (kind) => {
    expect(hasSeen(kind, { bytes: 2, outcome: "complete" })).toBe(true);
  });
});
