import { expect, it } from "vitest";
import type { CorpusFile } from "#browsers/corpus/corpus-file.ts";
import type { Checked } from "./check-file.ts";
import type { Outcome } from "./outcome.ts";
import { failuresIn, resultTable } from "./report.ts";

const file: CorpusFile = {
  format: "AMR-NB",
  name: "voice.amr",
  kind: "voice",
  mimeType: "audio/amr",
  command: "",
};
const column = (outcome: Outcome, megabytes = 0.0026) => {
  const checked: Checked = { outcome, fetches: 1, megabytes };
  return { title: "Chromium", version: "Chromium 1", checked: [checked] };
};
const failed: Outcome = { is: "failed", how: "Failed to load" };

it("has a line for each file, with what came of it and what it cost", () => {
  const other = { title: "Firefox", version: "Firefox 1", checked: [undefined] };
  expect(resultTable([file], [column({ is: "said" }), other])).toContain(
    "| AMR-NB | audio/amr | says so (1, 3 kB) | – |",
  );
  expect(resultTable([file], [column({ is: "shown" }, 12.34)])).toContain("shown (1, 12.3 MB)");
});

it("leaves out of a made-up name the id that is another one at each run", () => {
  const saved = column({ is: "saved", name: "document-163733469830150.pdf" }, 0);
  const none = { ...saved, checked: saved.checked.map((one) => ({ ...one, fetches: 0 })) };
  expect(resultTable([file], [none])).toContain("| saved as document-ID.pdf |");
});

it("names what wasn't shown without a word, and what no page could tell of", () => {
  const group = { title: "Sounds", files: [file] };
  expect(failuresIn([{ ...group, columns: [column(failed)] }])).toEqual([
    "AMR-NB, Chromium: Failed to load",
  ]);
  expect(failuresIn([{ ...group, columns: [column({ is: "said" })] }])).toEqual([]);
  const broken = { title: "Firefox", version: "Firefox 1", checked: [undefined] };
  expect(failuresIn([{ ...group, columns: [broken] }])).toEqual([
    "AMR-NB, Firefox: not tried to its end",
  ]);
});
