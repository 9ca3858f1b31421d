const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Leaves an origin alone after a failed attempt, for longer each time that it fails again. */
export function createPauses(now: () => number) {
  const failures = new Map<string, { times: number; until: number }>();

  return {
    isPaused: (origin: string) => (failures.get(origin)?.until ?? 0) > now(),
    /** Attempts that fail together count once. */
    failed(origin: string): void {
      const before = failures.get(origin) ?? { times: 0, until: 0 };
      if (before.until > now()) return;
      const ms = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(before.times, 10), LONGEST_PAUSE_MS);
      failures.set(origin, { times: before.times + 1, until: now() + ms });
    },
    succeeded(origin: string): void {
      failures.delete(origin);
    },
  };
}
