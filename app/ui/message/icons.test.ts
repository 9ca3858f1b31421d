import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { marks } from "./delivery-mark.tsx";

const css = readFileSync(new URL("./icons.css", import.meta.url), "utf8");

it.each(Object.entries(marks))("a message of ours that is %s has an icon", (_status, { icon }) => {
  expect(css).toMatch(new RegExp(`^\\.${icon}[ ,]`, "m"));
});
