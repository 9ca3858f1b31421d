import { env } from "#app/env.server.ts";
import { openDatabase } from "./open.server.ts";

/** The process's one database. Opened when the module loads; closed by the server's drain. */
export const { db, engine, close: closeDatabase } = await openDatabase(env);
