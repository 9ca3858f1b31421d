const MAX_ENTRIES = 10_000;

/** A map in this process's memory whose entries end by themselves. The oldest give way to new ones. */
export function createExpiringMap<T>(now: () => number = Date.now) {
  const entries = new Map<string, { value: T; until: number }>();

  return {
    /** @param until milliseconds since 1970; one that is past forgets the entry */
    set(key: string, value: T, until: number): void {
      entries.delete(key);
      if (until <= now()) return;
      entries.set(key, { value, until });
      const [oldest] = entries.keys();
      if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
    },
    get(key: string): T | undefined {
      const entry = entries.get(key);
      if (entry === undefined || entry.until > now()) return entry?.value;
      entries.delete(key);
      return undefined;
    },
    delete(key: string): void {
      entries.delete(key);
    },
  };
}
