import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const folders = new Set<string>();
process.on("exit", () => {
  for (const folder of folders) removeTemporaryFolder(folder);
});

/** A new folder, which is gone when this process ends, also when a test that timed out forgot it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "tapview-data-"));
  folders.add(folder);
  return folder;
}

export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.delete(folder);
}
