import { expect, it } from "vitest";
import { browsersOf } from "./start.ts";

it("takes all browsers, unless some are named by their beginnings", () => {
  expect(browsersOf(undefined)).toEqual(["Chromium", "Firefox", "WebKitGTK"]);
  expect(browsersOf("webkit,chromium")).toEqual(["WebKitGTK", "Chromium"]);
});

it("refuses a browser that it doesn't know, and none", () => {
  expect(() => browsersOf("opera")).toThrow('no browser "opera"');
  expect(() => browsersOf("")).toThrow("no browser");
});
