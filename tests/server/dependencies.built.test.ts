import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SERVER = "build/server";
const IMPORTED_PACKAGE =
  /(?:^import |\bfrom |\bimport\()"((?!node:)(?:@[\w.-]+\/)?[\w][\w.-]*)(?:\/[^"]*)?"/gm;
/** It runs the commands of package.json, such as db:migrate. */
const OF_COMMANDS = ["tsx"];

it("what the built server imports, and nothing else, is installed without the development's packages", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const files = readdirSync(SERVER, { recursive: true, encoding: "utf8" });
  const imported = files
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => [...readFileSync(`${SERVER}/${file}`, "utf8").matchAll(IMPORTED_PACKAGE)])
    .map(([, name]) => name);
  expect([...new Set([...imported, ...OF_COMMANDS])].sort()).toEqual(
    Object.keys(dependencies).sort(),
  );
});
