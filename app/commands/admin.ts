import { databaseErrorCode } from "#app/models/database-errors.server.ts";
import { RefusedChangeError } from "#app/models/refused-change.ts";
import { FolderLockedError } from "#db/embedded/folder-lock.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { configFromCommandLine } from "./command-line.ts";
import { readCommand } from "./read-command.ts";

try {
  const run = readCommand(process.argv.slice(2));
  const database = await openDatabase(configFromCommandLine());
  try {
    const lines = await run({ database, origin: originOfLinks() });
    console.log(lines.join("\n"));
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(wordsFor(error));
  process.exitCode = 1;
}

function originOfLinks(): string {
  const { APP_ORIGIN, PORT } = process.env;
  return APP_ORIGIN ? new URL(APP_ORIGIN).origin : `http://localhost:${PORT || 3000}`;
}

/** @throws what is a fault of our own, with its stack */
function wordsFor(error: unknown): string {
  if (error instanceof RefusedChangeError || error instanceof FolderLockedError) {
    return error.message;
  }
  const code = databaseErrorCode(error);
  if (!code) throw error;
  return `The database failed (${code}), and nothing was changed. Check that it runs, and that npm run db:migrate has run.`;
}
