import { expect, it } from "vitest";
import { warmUpForTaps } from "./warm-up.server.ts";

const NOW = Date.parse("2026-05-01T12:00:00Z");
const text = { mediaId: null, mediaExpiresAt: null };
const file = { mediaId: "622684793477189", mediaExpiresAt: new Date(NOW + 1) };
const gone = { ...file, mediaExpiresAt: new Date(NOW) };

it.each([
  ["a file that can still be tapped", [text, file, gone], 1],
  ["a file of which nobody knows how long it stays", [{ ...file, mediaExpiresAt: null }], 1],
  ["only words", [text, text], 0],
  ["only files that are gone", [text, gone], 0],
  ["nothing", [], 0],
])("a page with %s", (_, messages, times) => {
  let warmed = 0;
  const whatsapp = {
    warmUp() {
      warmed += 1;
    },
  };
  warmUpForTaps(messages, { whatsapp, now: NOW });
  expect(warmed).toBe(times);
});
