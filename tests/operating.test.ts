import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { failureNotices } from "#app/media/file/failure.ts";
import { quarantineReasons } from "#app/models/received/quarantine-reason.ts";
import { registry } from "#app/process/metrics.server.ts";
import { sourceFiles } from "#tests/support/source-files.ts";

const manual = readFileSync("docs/operating.md", "utf8");
const section = (title: string) => manual.split(/^## /m).find((part) => part.startsWith(title));
/** The first cells of the tables in a section. */
const firstCells = (title: string) =>
  [...(section(title) ?? "").matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell ?? "");

describe("docs/operating.md", () => {
  it("says what each status of a file means", () => {
    const statuses = new Set(Object.values(failureNotices).map(({ status }) => `${status}`));
    const said = firstCells("When a file doesn't show").flatMap((cell) => cell.match(/\b\d{3}\b/g));
    expect(said.filter(Boolean).sort()).toEqual([...statuses].sort());
  });

  it("says what each reason of quarantine means", () => {
    const said = firstCells("When a webhook can't be stored").flatMap((cell) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, reason]) => reason ?? ""),
    );
    expect(said).toEqual(expect.arrayContaining([...quarantineReasons]));
  });

  it("names each event of the log", () => {
    const events = [...sourceFiles("app", "server").values()].flatMap((text) =>
      [...text.matchAll(/\bevent: "([a-z_]+\.[a-z_]+)"/g)].map(([, event]) => event),
    );
    expect(new Set(events).size).toBeGreaterThan(30);
    expect(events.filter((event) => !manual.includes(`\`${event}\``))).toEqual([]);
  });

  it("names each of our figures", () => {
    const names = registry.getMetricsAsArray().map(({ name }) => name);
    const ours = names.filter((name) => name.startsWith("tapview_"));
    expect(ours.filter((name) => !manual.includes(`\`${name}`))).toEqual([]);
  });
});
