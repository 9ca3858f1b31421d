import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const FOLDERS = [".", "docs", "docs/decisions", "bench", "findings"];
const documents = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join(folder, name)),
);
/** A path from the project's top, in code marks: `app/routes.ts`, `server/`. */
const PATH =
  /`((?:app|db|server|simulator|e2e|tests|bench|browsers|docs|scripts|findings|public)\/[^`\s]*)`/g;
const LINK = /\]\((?!https?:|#)([^)#\s]+)/g;

it.each(documents)("%s names only files that are there", (document) => {
  const text = readFileSync(document, "utf8");
  const named = [...text.matchAll(PATH)].map(([, file]) => file ?? "");
  const linked = [...text.matchAll(LINK)].map(([, to]) =>
    path.posix.join(path.posix.dirname(document), to ?? ""),
  );
  const missing = [...named, ...linked].filter((file) => !/[*<{]/.test(file) && !existsSync(file));
  expect(missing).toEqual([]);
});
