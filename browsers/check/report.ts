import { writeFile } from "node:fs/promises";
import { machine, table, today } from "#bench/tools/markdown.ts";
import type { CorpusFile } from "#browsers/corpus/corpus-file.ts";
import type { LeftOut } from "#browsers/corpus/make.ts";
import type { Checked } from "./check-file.ts";
import type { Outcome } from "./outcome.ts";

const FILE = "docs/browsers.md";

/** A browser, with what became of each file, in the order of the files. */
export interface Column {
  title: string;
  version: string;
  checked: readonly (Checked | undefined)[];
}

export interface Group {
  title: string;
  files: readonly CorpusFile[];
  columns: readonly Column[];
}

/** Writes docs/browsers.md, or prints the report of a part. */
export async function writeReport(
  groups: readonly Group[],
  { leftOut, isWhole }: { leftOut: readonly LeftOut[]; isWhole: boolean },
): Promise<void> {
  const report = reportOf(groups, leftOut);
  if (!isWhole) return console.log(`\n${report}\nNot kept: this was a part.`);
  await writeFile(FILE, report);
  console.log(`Written to ${FILE}`);
}

function reportOf(groups: readonly Group[], leftOut: readonly LeftOut[]): string {
  const versions = groups[0]?.columns.map(({ version }) => version) ?? [];
  const tables = groups
    .filter(({ files }) => files.length > 0)
    .map(({ title, files, columns }) => `## ${title}\n\n${resultTable(files, columns)}`);
  const missing = leftOut.map(({ file, why }) => `- ${file.format}: ${why}\n`);
  return `# What browsers make of customers' files

Written by \`npm run check:browsers\`: each file is sent to a built server as WhatsApp would send it, and tapped. ${today()}, ${machine()}; ${[...new Set(versions)].join(", ")}. Software decoders alone: a browser with others shows more.

- **shown**: the picture is decoded, or the player plays, a film with a picture.
- **says so**: the tile says "This browser can't show this file." and offers it to be saved.
- **warns**: it isn't shown, and the page, which without a script can't know that, says that not every browser shows it, and offers it to be saved.
- **saved as**: a document, with the name that the browser gives it.
- **failed**: neither; no cell may be.

In brackets: fetches at WhatsApp, kB or MB pulled. Of a document only the name is looked at: the ID in it is WhatsApp's.

${tables.join("\n")}${missing.length > 0 ? `\n## Left out\n\nWhat could not be made on that machine.\n\n${missing.join("")}` : ""}`;
}

/** One line for each file, one column for each browser. */
export function resultTable(files: readonly CorpusFile[], columns: readonly Column[]): string {
  const rows = files.map((file, index) => {
    const cells = columns.map(({ checked }) => cell(checked[index]));
    return [file.format, file.mimeType, ...cells];
  });
  return table(["file", "type", ...columns.map(({ title }) => title)], rows);
}

function cell(checked: Checked | undefined): string {
  if (!checked) return "–";
  const { outcome, fetches, megabytes } = checked;
  // A document's link is looked at, and the file not taken.
  if (fetches === 0) return words(outcome);
  return `${words(outcome)} (${fetches}, ${size(megabytes)})`;
}

function size(megabytes: number): string {
  return megabytes < 1 ? `${Math.ceil(megabytes * 1000)} kB` : `${megabytes.toFixed(1)} MB`;
}

function words(outcome: Outcome): string {
  switch (outcome.is) {
    case "shown":
      return "shown";
    case "said":
      return "says so";
    case "warned":
      return "warns";
    case "saved":
      return `saved as ${withoutId(outcome.name)}`;
    case "failed":
      return `**failed**: ${withoutId(outcome.how)}`;
  }
}

/** A file without a name has its id in the one it is given, another one each time. */
function withoutId(text: string): string {
  return text.replace(/\d{15,}/, "ID");
}

/** What the person had neither whole nor a word of, though WhatsApp gave all of it. */
export function failuresIn(groups: readonly Group[]): string[] {
  return groups.flatMap(({ files, columns }) =>
    columns.flatMap(({ title, checked }) =>
      checked.flatMap((one, index) => {
        const place = `${files[index]?.format}, ${title}`;
        if (!one) return [`${place}: not tried to its end`];
        return one.outcome.is === "failed" ? [`${place}: ${one.outcome.how}`] : [];
      }),
    ),
  );
}
