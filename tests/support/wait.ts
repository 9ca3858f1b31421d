import { vi } from "vitest";

/** A limit that only a hang reaches: the machine may be busy with other work. */
const FAR = { timeout: 30_000, interval: 10 };

/** Waits until an assertion holds. @throws its last failure */
export function waitFor<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, FAR);
}

/** Waits until something is so. @returns what the condition then gave */
export function waitUntil<T>(condition: () => T | Promise<T>) {
  return vi.waitUntil(condition, FAR);
}
