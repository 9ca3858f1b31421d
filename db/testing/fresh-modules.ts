import { vi } from "vitest";
import type { OpenDatabase } from "#db/open.server.ts";

/**
 * Has a test file evaluate our modules anew, with a database of its own, in a process that has run
 * other files before: only what npm installed is loaded once, which takes most of the time.
 *
 * @returns where the process keeps its open database, empty
 */
export function forgetDatabase(): { openDatabase?: Promise<OpenDatabase> } {
  vi.resetModules();
  const processWide = globalThis as { openDatabase?: Promise<OpenDatabase> };
  processWide.openDatabase = undefined;
  return processWide;
}
