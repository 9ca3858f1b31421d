import { MediaFailure } from "./file/failure.ts";

/** Files open at once. One person's, or one company's, flood leaves room for the others. */
const MAX_PER_PERSON = 128;
const MAX_PER_COMPANY = 512;
const MAX_PER_PROCESS = 2_048;
const RETRY_AFTER_S = 5;

export function createCapacity(
  limits = { person: MAX_PER_PERSON, company: MAX_PER_COMPANY, process: MAX_PER_PROCESS },
) {
  const open = new Map<string, number>();

  /**
   * Takes one place.
   *
   * @returns gives the place back; calling it again does nothing
   * @throws {MediaFailure} busy
   */
  return function enter({ companyId, userId }: { companyId: number; userId: number }): () => void {
    const keys = [
      { key: "process", limit: limits.process },
      { key: `company ${companyId}`, limit: limits.company },
      { key: `person ${companyId} ${userId}`, limit: limits.person },
    ];
    const full = keys.find(({ key, limit }) => (open.get(key) ?? 0) >= limit);
    if (full) {
      const detail = `${full.limit} files are open for ${full.key}`;
      throw new MediaFailure("busy", { detail, retryAfterSeconds: RETRY_AFTER_S });
    }
    for (const { key } of keys) open.set(key, (open.get(key) ?? 0) + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      for (const { key } of keys) leave(key);
    };
  };

  function leave(key: string): void {
    const rest = (open.get(key) ?? 1) - 1;
    if (rest > 0) open.set(key, rest);
    else open.delete(key);
  }
}

export const enterCapacity = createCapacity();
