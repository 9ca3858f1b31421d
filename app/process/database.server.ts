import { type OpenDatabase, openDatabase } from "#db/open.server.ts";
import { env } from "./env.server.ts";

const processWide = globalThis as { openDatabase?: Promise<OpenDatabase> };

// The development server evaluates modules again after an edit; a second handle would meet the
// first one's lock.
processWide.openDatabase ??= openDatabase(env);

/** The process's one database. Opened when the module loads; closed by the server's drain. */
export const {
  db,
  forCompany,
  forDuty,
  engine,
  listen,
  close: closeDatabase,
} = await processWide.openDatabase;
