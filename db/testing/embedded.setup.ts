import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import { type OpenDatabase, openEmbedded } from "#db/open.server.ts";
import "./no-database-url.setup.ts";

/** Before a test file's own imports: a database in memory, for it alone, where the process looks for one. */
const template = await openAsBlob(inject("embeddedTemplate"));
const processWide = globalThis as { openDatabase?: Promise<OpenDatabase> };
processWide.openDatabase = openEmbedded("memory://", template);
