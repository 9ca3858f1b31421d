import { expect, it } from "vitest";
import { sourceFiles } from "#tests/support/source-files.ts";

const code = [...sourceFiles("app")];
const filesWith = (what: RegExp) =>
  code.filter(([, text]) => what.test(text)).map(([name]) => name);

it("forms that post have their address from PostForm, or browsers that name no origin can't send them", () => {
  const posting = filesWith(/method="post"|<form\b/);
  expect(posting).toContain("app/ui/thread/composer.tsx");
  const addressed = new Set(filesWith(/\baction=\{usePostAddress\(/));
  expect(posting.filter((file) => !addressed.has(file))).toEqual([]);
});

it("posted forms are read by readPostedForm, which refuses in words what it can't take", () => {
  expect(filesWith(/\.formData\(\)/)).toEqual(["app/http/posted-form.server.ts"]);
});
