import { open } from "node:fs/promises";
import path from "node:path";
import { tryLock } from "fs-native-extensions";

/** Another process holds the folder of the embedded database. */
export class FolderLockedError extends Error {
  override name = "FolderLockedError";
}

/**
 * Takes an exclusive lock on a folder: two processes on one embedded database lose each other's
 * acknowledged rows. The kernel holds the lock, so it ends with the process, even on SIGKILL.
 *
 * @param folder an existing folder
 * @returns a function that gives the lock back
 * @throws {FolderLockedError} when another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = await open(path.join(folder, "lock"), "a", 0o600);
  if (!tryLock(file.fd)) {
    await file.close();
    throw new FolderLockedError(
      `The embedded database in ${path.resolve(folder)} is in use by another process. ` +
        "Stop that process, or set DATA_DIR to another folder, or set DATABASE_URL to use PostgreSQL, which many processes can share.",
    );
  }
  return () => file.close();
}
