import { describe, expect, it } from "vitest";
import { mediaKinds } from "#app/models/message-kind.ts";
import { seenBy } from "./seen.ts";

const played = ["video", "audio"] as const;
const pictures = ["image", "sticker"] as const;
const shown = [...played, ...pictures];
const showable = "yes";

describe("seenBy", () => {
  it.each(shown)("takes one of kind %s that came to its end for seen", (kind) => {
    expect(seenBy(kind, { bytes: 3, outcome: "complete", showable })).toBe("likely");
  });

  it.each(played)("takes %s that the browser had enough of for seen", (kind) => {
    expect(seenBy(kind, { bytes: 3, outcome: "client-left", showable })).toBe("likely");
    expect(seenBy(kind, { bytes: 3, outcome: "client-idle", showable })).toBe("likely");
  });

  it.each([...pictures, "document" as const])("does not take a part of %s for seen", (kind) => {
    expect(seenBy(kind, { bytes: 1e6, outcome: "client-left", showable })).toBeNull();
    expect(seenBy(kind, { bytes: 1e6, outcome: "client-idle", showable })).toBeNull();
  });

  it.each(mediaKinds)("does not take one of kind %s that failed for seen", (kind) => {
    for (const outcome of ["upstream", "timeout", "gone", "internal"]) {
      expect(seenBy(kind, { bytes: 1e6, outcome, showable })).toBeNull();
    }
  });

  it.each(played)("does not take a look at the first two bytes of %s for seen", (kind) => {
    expect(seenBy(kind, { bytes: 2, outcome: "complete", showable })).toBeNull();
    expect(seenBy(kind, { bytes: 0, outcome: "client-left", showable })).toBeNull();
  });

  it.each(shown)("does not know it of one of kind %s that some browser can't show", (kind) => {
    for (const [outcome, showable] of [
      ["complete", "maybe"],
      ["complete", "no"],
      ["client-left", "maybe"],
      ["client-left", undefined],
    ] as const) {
      expect(seenBy(kind, { bytes: 1e6, outcome, showable })).toBeNull();
    }
  });

  it.each(shown)("takes one of kind %s that came whole and told nothing for seen", (kind) => {
    expect(seenBy(kind, { bytes: 3, outcome: "complete", showable: undefined })).toBe("likely");
  });

  it("takes a document that came to its end for saved, whatever can show it", () => {
    for (const showable of ["yes", "maybe", "no", undefined] as const) {
      expect(seenBy("document", { bytes: 2, outcome: "complete", showable })).toBe("saved");
    }
  });
});
