import "#app/process/database.server.ts";
import type { OpenDatabase } from "#db/open.server.ts";

const processWide = globalThis as unknown as { openDatabase: Promise<OpenDatabase> };

/** Past row-level security: for what a test arranges, and what it looks at. Never for what it tests. */
export const db = (await processWide.openDatabase).forOwner();
