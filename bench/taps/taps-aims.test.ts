import { expect, it } from "vitest";
import { aimOf, isMet } from "./taps-aims.ts";

const film = { name: "moov-first", bytes: 31_000_000 };

it("aims in Chromium at what is known of the file", () => {
  const aim = aimOf({ file: film, scenario: "tap", browser: "Chromium" });
  expect(aim).toEqual({ fetches: 2, megabytes: 3 });
  const music = { name: "mp3", bytes: 14_000_000 };
  expect(aimOf({ file: music, scenario: "tap", browser: "Chromium" })).toBeUndefined();
});

it("aims in other browsers at half of what the earlier build pulled, where there was one", () => {
  const cell = { file: film, scenario: "tap", browser: "Firefox" } as const;
  expect(aimOf({ ...cell, earlier: { megabytes: 10 } })).toEqual({ megabytes: 5 });
  expect(aimOf(cell)).toBeUndefined();
});

it("aims at one fetch of a small file, whoever asks", () => {
  const voice = { name: "voice", bytes: 999_999 };
  for (const browser of ["Chromium", "Firefox", "WebKitGTK"] as const) {
    expect(aimOf({ file: voice, scenario: "play", browser })).toEqual({ fetches: 1 });
  }
});

it("is met only when neither count is above the aim", () => {
  const aim = { fetches: 2, megabytes: 3 };
  expect(isMet(aim, { fetches: 2, megabytes: 3 })).toBe(true);
  expect(isMet(aim, { fetches: 3, megabytes: 1 })).toBe(false);
  expect(isMet(aim, { fetches: 1, megabytes: 3.1 })).toBe(false);
  expect(isMet({ fetches: 1 }, { fetches: 1, megabytes: 99 })).toBe(true);
});
