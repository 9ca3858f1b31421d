import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { filesOf } from "./corpus-file.ts";
import { documents } from "./documents.ts";
import { films } from "./films.ts";
import { makeFiles } from "./make.ts";
import { pictures } from "./pictures.ts";
import { sounds } from "./sounds.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tapview-corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("makes a file out of one before it, and leaves out what a missing program would make", () => {
  const { made, leftOut } = makeFiles(
    filesOf("document", [
      ["one", "a.txt", "text/plain", "printf a > a.txt"],
      ["none", "x.txt", "text/plain", "no-such-program-here > x.txt"],
      ["two", "b.txt", "text/plain", "cat a.txt a.txt > b.txt"],
    ]),
    folder,
  );
  expect(made.map(({ bytes }) => String(bytes))).toEqual(["a", "aa"]);
  expect(leftOut).toMatchObject([{ file: { name: "x.txt" } }]);
  expect(leftOut[0]?.why).toContain("no-such-program-here");
});

it("leaves no file for the next run of which only a part was made", () => {
  const files = filesOf("document", [["half", "h.txt", "text/plain", "printf h > h.txt; exit 1"]]);
  expect(makeFiles(files, folder).made).toEqual([]);
  expect(makeFiles(files, folder).made).toEqual([]);
});

it("has a corpus in which one name means one file", () => {
  const commands = new Map<string, string>();
  for (const { name, command } of [...pictures, ...sounds, ...films, ...documents]) {
    expect(commands.get(name) ?? command).toBe(command);
    commands.set(name, command);
  }
  expect(commands.size).toBeGreaterThanOrEqual(60);
});
