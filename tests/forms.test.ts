import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const code = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((name) => path.posix.join("app", name))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\/testing\//.test(name));
const filesWith = (what: RegExp) => code.filter((name) => what.test(readFileSync(name, "utf8")));

it("forms that post have their address from PostForm, or browsers that name no origin can't send them", () => {
  const posting = filesWith(/method="post"|<form\b/);
  expect(posting).toContain("app/ui/thread/composer.tsx");
  const addressed = new Set(filesWith(/\baction=\{usePostAddress\(/));
  expect(posting.filter((file) => !addressed.has(file))).toEqual([]);
});

it("posted forms are read by readPostedForm, which refuses in words what it can't take", () => {
  expect(filesWith(/\.formData\(\)/)).toEqual(["app/http/posted-form.server.ts"]);
});
