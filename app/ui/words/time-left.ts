const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long WhatsApp still has a file, never more than is true. */
export interface TimeLeft {
  words: string;
  /** It is the file's last day. */
  soon: boolean;
}

/** @returns null when it has expired at `now`, or nobody knows when it will */
export function timeLeft(expiresAt: Date | null, now: number): TimeLeft | null {
  const ms = expiresAt === null ? 0 : expiresAt.getTime() - now;
  if (ms <= 0) return null;
  if (ms >= DAY_MS) return { words: `${count(Math.floor(ms / DAY_MS), "day")} left`, soon: false };
  if (ms >= HOUR_MS)
    return { words: `${count(Math.floor(ms / HOUR_MS), "hour")} left`, soon: true };
  return { words: "less than an hour left", soon: true };
}

/** What leads to the files that nobody has opened. @param count of those that have a day left; 10 stands for more */
export function expiringWords(count: number): string {
  if (count === 0) return "Files nobody has opened";
  if (count === 1) return "1 file expires within a day";
  return `${count < 10 ? count : "10+"} files expire within a day`;
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
