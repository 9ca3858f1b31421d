import { expect, it } from "vitest";
import { figure, table, withKeptSection } from "./markdown.ts";

it("makes tables, with a dash for what is not known", () => {
  expect(
    table(
      ["a", "b"],
      [
        [1, figure(2.345, 1)],
        ["x", figure(Number.NaN, 1)],
      ],
    ),
  ).toBe("| a | b |\n| --- | --- |\n| 1 | 2.3 |\n| x | – |\n");
});

it("keeps what people wrote in the earlier report, and asks for it where there is none", () => {
  const earlier = "# Old\n\nSee ## Why below.\n\n## Why\n\nBecause.\n";
  expect(withKeptSection("# New\n", earlier, "## Why")).toBe("# New\n\n## Why\n\nBecause.\n");
  expect(withKeptSection("# New\n", "## Why\n\nBecause.\n", "## Why")).toContain("Because.");
  expect(withKeptSection("# New\n", "# Old\n", "## Why")).toBe(
    "# New\n\n## Why\n\nNot written yet.\n",
  );
});
