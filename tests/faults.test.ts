import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const FOLDERS = ["app", "db", "server", "simulator", "tests", "e2e"];
const LINE = /^- (F\d+) .*?(\(no test.*\))?$/gm;
const CODE = /\bF\d{1,3}\b/g;

const lines = [...readFileSync("docs/faults.md", "utf8").matchAll(LINE)];
const named = new Set(
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(test|spec)\.tsx?$/.test(name))
      .flatMap((name) => readFileSync(`${folder}/${name}`, "utf8").match(CODE) ?? []),
  ),
);

it("explains every fault that a test names, each once", () => {
  const codes = lines.map(([, code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect([...named].filter((code) => !codes.includes(code))).toEqual([]);
});

it("says of every fault that no test names that none does", () => {
  const without = lines.filter(([, code]) => !named.has(code ?? ""));
  const saidToBe = lines.filter(([, , note]) => note);
  expect(without.map(([, code]) => code)).toEqual(saidToBe.map(([, code]) => code));
});
