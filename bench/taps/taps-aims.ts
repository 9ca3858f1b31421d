import type { BrowserName } from "#browsers/drivers/browser.ts";
import type { Scenario } from "./taps-scenarios.ts";

export interface Aim {
  fetches?: number;
  megabytes?: number;
}

const SMALL_BYTES = 1_000_000;

/** Of Chromium, for each file and what is done with it. */
const CHROMIUM: Record<string, Partial<Record<Scenario, Aim>>> = {
  "moov-first": { tap: { fetches: 2, megabytes: 3 }, play: { fetches: 6, megabytes: 13 } },
  "moov-last": { tap: { fetches: 4, megabytes: 4 } },
  fragmented: { tap: { fetches: 8, megabytes: 36 } },
  ogg: { play: { fetches: 10, megabytes: 15 } },
};

/**
 * What a cell should cost at most: a small file one fetch, in Chromium what is known of it, in the
 * others half of what the earlier build pulled.
 *
 * @returns undefined where nothing is aimed at
 */
export function aimOf(cell: {
  file: { name: string; bytes: number };
  scenario: Scenario;
  browser: BrowserName;
  earlier?: { megabytes: number } | undefined;
}): Aim | undefined {
  const { file, scenario, browser, earlier } = cell;
  if (file.bytes < SMALL_BYTES) return { fetches: 1 };
  if (browser === "Chromium") return CHROMIUM[file.name]?.[scenario];
  return earlier && { megabytes: earlier.megabytes / 2 };
}

export function isMet(aim: Aim, taken: { fetches: number; megabytes: number }): boolean {
  const { fetches = Number.POSITIVE_INFINITY, megabytes = Number.POSITIVE_INFINITY } = aim;
  return taken.fetches <= fetches && taken.megabytes <= megabytes;
}
