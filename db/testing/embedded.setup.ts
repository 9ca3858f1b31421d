import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import "./no-database-url.setup.ts";
import { forgetDatabase } from "./fresh-modules.ts";

/** Before a test file's own imports: a database in memory, for it alone, where the process looks for one. */
const template = await openAsBlob(inject("embeddedTemplate"));
const processWide = forgetDatabase();
const { openEmbedded } = await import("#db/open.server.ts");
processWide.openDatabase = openEmbedded("memory://", template);
