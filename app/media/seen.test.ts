import { describe, expect, it } from "vitest";
import { mediaKinds } from "#app/models/message-kind.ts";
import { seenBy } from "./seen.ts";

const played = ["video", "audio"] as const;
const pictures = ["image", "sticker"] as const;
const shown = [...played, ...pictures];
const isCertain = true;

describe("seenBy", () => {
  it.each(shown)("takes one of kind %s that came to its end for seen", (kind) => {
    expect(seenBy(kind, { bytes: 3, outcome: "complete", isCertain })).toBe("likely");
  });

  it.each(played)("takes %s that the browser had enough of for seen", (kind) => {
    expect(seenBy(kind, { bytes: 3, outcome: "client-left", isCertain })).toBe("likely");
    expect(seenBy(kind, { bytes: 3, outcome: "client-idle", isCertain })).toBe("likely");
  });

  it.each([...pictures, "document" as const])("does not take a part of %s for seen", (kind) => {
    expect(seenBy(kind, { bytes: 1e6, outcome: "client-left", isCertain })).toBeNull();
    expect(seenBy(kind, { bytes: 1e6, outcome: "client-idle", isCertain })).toBeNull();
  });

  it.each(mediaKinds)("does not take one of kind %s that failed for seen", (kind) => {
    for (const outcome of ["upstream", "timeout", "gone", "internal"]) {
      expect(seenBy(kind, { bytes: 1e6, outcome, isCertain })).toBeNull();
    }
  });

  it.each(played)("does not take a look at the first two bytes of %s for seen", (kind) => {
    expect(seenBy(kind, { bytes: 2, outcome: "complete", isCertain })).toBeNull();
    expect(seenBy(kind, { bytes: 0, outcome: "client-left", isCertain })).toBeNull();
  });

  it.each(shown)("does not know it of one of kind %s that some browser can't show", (kind) => {
    for (const outcome of ["complete", "client-left"]) {
      expect(seenBy(kind, { bytes: 1e6, outcome, isCertain: false })).toBeNull();
    }
  });

  it("takes a document that came to its end for saved, whatever can show it", () => {
    for (const isCertain of [true, false]) {
      expect(seenBy("document", { bytes: 2, outcome: "complete", isCertain })).toBe("saved");
    }
  });
});
