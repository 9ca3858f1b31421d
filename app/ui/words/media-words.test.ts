import { expect, it } from "vitest";
import { sizeWords } from "./media-words.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [48_499, "48 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [2_412_345, "2.4 MB"],
  [9_949_999, "9.9 MB"],
  [9_950_000, "10 MB"],
  [100_000_000, "100 MB"],
])("says %i bytes as %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
