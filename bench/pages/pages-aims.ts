import { percentile } from "#bench/tools/statistics.ts";
import type { Site } from "./pages.ts";
import type { Comparison } from "./pages-floor.ts";
import { sequentialScans } from "./pages-plan.ts";

const MAX_GROWTH = 1.3;
const MAX_STATEMENTS = 4;
const MIN_SHARE_OF_FLOOR = 0.5;

export interface Verdict {
  aim: string;
  /** With what misses the aim in bold. */
  measured: string;
  met: boolean;
}

/** Holds the figures against what they should be. @param sites the smallest first */
export function judge(
  sites: readonly Pick<Site, "times" | "captured">[],
  floors: readonly Pick<Comparison, "page" | "ratio">[],
): Verdict[] {
  const [smallest, largest] = [sites[0], sites.at(-1)];
  const p50 = (site: typeof smallest, page: string) => percentile(site?.times.get(page) ?? [], 0.5);
  const pages = [...(largest?.times.keys() ?? [])];
  const captured = [...(largest?.captured ?? [])];
  return [
    verdict(
      `p50 on the largest database at most ${MAX_GROWTH} times that on the smallest`,
      pages.map((page) => [page, p50(largest, page) / p50(smallest, page)]),
      (growth) => growth <= MAX_GROWTH,
      2,
    ),
    verdict(
      `at most ${MAX_STATEMENTS} statements a page`,
      captured.map(([page, { statements }]) => [page, statements.length]),
      (count) => count > 0 && count <= MAX_STATEMENTS,
    ),
    verdict(
      "no sequential scan on the largest database",
      captured.map(([page, { statements }]) => [
        page,
        statements.flatMap(({ plan }) => (plan ? sequentialScans(plan) : [])).length,
      ]),
      (scans) => scans === 0,
    ),
    verdict(
      `at least ${MIN_SHARE_OF_FLOOR} of a bare server's requests/s`,
      floors.map(({ page, ratio }) => [page, ratio]),
      (ratio) => ratio >= MIN_SHARE_OF_FLOOR,
      2,
    ),
  ];
}

function verdict(
  aim: string,
  figures: readonly (readonly [page: string, value: number])[],
  isMet: (value: number) => boolean,
  digits = 0,
): Verdict {
  const measured = figures.map(([page, value]) => {
    const text = `${page}: ${value.toFixed(digits)}`;
    return isMet(value) ? text : `**${text}**`;
  });
  return {
    aim,
    measured: measured.join("; ") || "nothing",
    met: figures.length > 0 && figures.every(([, value]) => isMet(value)),
  };
}
