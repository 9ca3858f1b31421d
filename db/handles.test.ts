import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const MAY_PASS = /\/testing\/|\.test\.tsx?$|^db\/handles\.server\.ts$/;

it("F89 nothing that the server runs can ask for the handle that passes by row-level security", () => {
  const names = ["app", "db", "server"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
    )
    .filter((name) => /\.tsx?$/.test(name) && !MAY_PASS.test(name));
  expect(names.length).toBeGreaterThan(300);
  const passing = names.filter((name) => /forOwner|OWNER_SETTING/.test(readFileSync(name, "utf8")));
  expect(passing).toEqual(["db/roles.ts"]);
});
