import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** @returns the text of each of our files that runs in production, by its path from the project's top */
export function sourceFiles(...rooms: string[]): Map<string, string> {
  const files = rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" })
      .map((name) => path.posix.join(room, name))
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\/testing\//.test(name)),
  );
  return new Map(files.map((name) => [name, readFileSync(name, "utf8")]));
}
