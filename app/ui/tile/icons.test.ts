import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { mediaKinds } from "#app/models/message-kind.ts";

const css = readFileSync(new URL("./tile.css", import.meta.url), "utf8");

it.each(mediaKinds)("a file of the kind %s has an icon", (kind) => {
  expect(css).toContain(`.icon-${kind} {`);
});
