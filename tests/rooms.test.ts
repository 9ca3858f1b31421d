import path from "node:path";
import { describe, expect, it } from "vitest";
import { findClimbing, importsOf, readFloors, sourceFiles } from "./rooms.ts";

const floors = readFloors();
const files = sourceFiles();

describe("the rooms", () => {
  it("import only rooms below them", () => {
    expect(files.flatMap((file) => findClimbing(file, importsOf(file), floors))).toEqual([]);
  });

  it("are those of the map", () => {
    const rooms = new Set(files.map((file) => path.posix.dirname(file)));
    expect([...floors.keys()].filter((room) => !rooms.has(room))).toEqual([]);
  });
});

describe("the check of the rooms", () => {
  const plan = readFloors("# Map\n\n```floors\napp/roof app/tower\napp/cellar\n```\n");
  const climbing = (file: string, source: string) =>
    findClimbing(file, importsOf(file, source), plan);

  it("names both files of an import that climbs", () => {
    expect(climbing("app/cellar/wine.ts", 'import { sky } from "#app/roof/sky.ts";')).toEqual([
      "app/cellar/wine.ts imports app/roof/sky.ts, whose room is on a floor above.",
    ]);
  });

  it("takes two rooms of one floor for neighbours without a door", () => {
    expect(climbing("app/roof/sky.ts", 'export * from "../tower/bell.ts";')).toEqual([
      "app/roof/sky.ts imports app/tower/bell.ts, whose room is on the same floor.",
    ]);
  });

  it("names a room that the map lacks, on either side", () => {
    expect(climbing("app/shed/rake.ts", "")).toHaveLength(1);
    expect(climbing("app/roof/sky.ts", 'const rake = await import("#app/shed/rake.ts");')).toEqual([
      "app/roof/sky.ts imports app/shed/rake.ts, whose room is on no floor of docs/architecture.md.",
    ]);
  });

  it.each([
    ["of its own room", 'import {\n  rain,\n  type Snow,\n} from "./rain.ts";'],
    ["of a room below", 'import "../cellar/wine.ts";'],
    ["of types alone", 'import type { Wall } from "#app/garden/wall.ts";'],
    ["of a package", 'import { join } from "node:path";'],
  ])("lets pass an import %s", (_which, source) => {
    expect(climbing("app/roof/sky.ts", source)).toEqual([]);
  });
});
