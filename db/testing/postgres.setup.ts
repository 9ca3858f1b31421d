import { afterAll, inject } from "vitest";
import { createDatabase, dropDatabase } from "./databases.ts";
import { forgetDatabase } from "./fresh-modules.ts";

/** Before a test file's own imports: a fresh copy of the migrated database, for it alone. */
const admin = inject("postgresAdmin");
const url = await createDatabase(admin, { template: inject("postgresTemplate") });
process.env.DATABASE_URL = url;
forgetDatabase();

afterAll(() => dropDatabase(admin, url));
