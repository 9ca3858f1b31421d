import { figure, table } from "#bench/tools/markdown.ts";
import { median } from "#bench/tools/statistics.ts";
import type { Cell } from "./media.ts";
import { addedFirstByte, firstByte, ratio } from "./media-compare.ts";
import type { Figures } from "./media-measure.ts";
import { NAMES } from "./media-programs.ts";

/** MB/s for large files and requests for small ones say the most, so there are both. */
export function throughputTable(cells: readonly Cell[]): string {
  const value = ({ megabytesPerSecond, requestsPerSecond }: Figures) => {
    const requests = median(requestsPerSecond);
    return `${figure(requests, requests < 100 ? 1 : 0)} (${figure(median(megabytesPerSecond), 0)})`;
  };
  return programTable(cells, value, {
    "route ÷ bare": (cell) => figure(ratio(cell, "bare"), 2),
    "route ÷ remix-serve": (cell) => figure(ratio(cell, "remix-serve"), 2),
  });
}

export function firstByteTable<Line extends Cell>(
  cells: readonly Line[],
  more: Record<string, (cell: Line) => string> = {},
): string {
  const value = ({ p50, p99 }: { p50: number; p99: number }) =>
    `${figure(p50, 1)} / ${figure(p99, 1)}`;
  return programTable(cells, (figures) => value(firstByte(figures)), {
    "added: route − bare": (cell) => value(addedFirstByte(cell)),
    ...more,
  });
}

export function usageTable(cells: readonly Cell[]): string {
  return programTable(
    cells,
    ({ cpuMsPerMegabyte, peakMegabytes }) =>
      `${figure(cpuMsPerMegabyte, 2)} (${figure(peakMegabytes, 0)})`,
  );
}

export function upstreamTable(cells: readonly Cell[]): string {
  return programTable(
    cells,
    ({ lookups, downloads, views }) => `${lookups} / ${figure(downloads / views, 2)}`,
  );
}

function programTable<Line extends Cell>(
  cells: readonly Line[],
  value: (figures: Figures) => string,
  more: Record<string, (cell: Line) => string> = {},
): string {
  const rows = cells.map((cell) => {
    const values = NAMES.map((name) => {
      const figures = cell.programs[name];
      return figures ? value(figures) : "–";
    });
    const others = Object.values(more).map((of) => of(cell));
    return [cell.size.title, cell.connections, ...values, ...others];
  });
  return table(["size", "connections", ...NAMES, ...Object.keys(more)], rows);
}
