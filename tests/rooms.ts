import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folders whose rooms stand on a floor. Tests and what helps them may import from anywhere. */
const HOUSES = ["app", "db", "server", "simulator"];
const HELPS_TESTS = /\/testing\/|\.test\.tsx?$/;
const MAP = "docs/architecture.md";
const FLOORS = /^```floors\n(.*?)^```/ms;
/** An import that is still there when the program runs: not one of types alone. */
const RUNTIME_IMPORT =
  /^(?:import|export)\s+(?!type\b)(?:[^"';]*?\bfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/**
 * Reads the floors of the map: one a line, the highest first, each with its rooms.
 *
 * @returns each room's floor, 0 for the highest
 */
export function readFloors(map = readFileSync(MAP, "utf8")): Map<string, number> {
  const lines = FLOORS.exec(map)?.[1]?.trim().split("\n") ?? [];
  return new Map(
    lines.flatMap((line, floor) => line.split(/\s+/).map((room) => [room, floor] as const)),
  );
}

/** @returns every source file of the product and of the simulator, by its path from the top */
export function sourceFiles(): string[] {
  return HOUSES.flatMap((house) =>
    readdirSync(house, { recursive: true, encoding: "utf8" }).map((name) => `${house}/${name}`),
  ).filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts") && !HELPS_TESTS.test(file));
}

/** @returns the project's files that a file imports at runtime, by their paths from the top */
export function importsOf(file: string, source = readFileSync(file, "utf8")): string[] {
  return [...source.matchAll(RUNTIME_IMPORT)]
    .map(([, fixed, lazy]) => (fixed ?? lazy ?? "").replace(/\?.*$/, ""))
    .filter((name) => /^(#|\.)/.test(name) && /\.tsx?$/.test(name))
    .map((name) =>
      name.startsWith("#") ? name.slice(1) : path.posix.join(path.posix.dirname(file), name),
    );
}

/** @returns a sentence for each import of a file that doesn't lead to its own room or one below */
export function findClimbing(
  file: string,
  imports: string[],
  floors: Map<string, number>,
): string[] {
  const room = path.posix.dirname(file);
  const floor = floors.get(room);
  if (floor === undefined) return [`${file}: its room ${room} is on no floor of ${MAP}.`];
  return imports.flatMap((imported) => {
    const target = path.posix.dirname(imported);
    const below = floors.get(target);
    if (target === room || (below !== undefined && below > floor)) return [];
    return [`${file} imports ${imported}, whose room is ${where(below, floor)}.`];
  });
}

function where(target: number | undefined, floor: number): string {
  if (target === undefined) return `on no floor of ${MAP}`;
  return target === floor ? "on the same floor" : "on a floor above";
}
