import type { TestProject } from "vitest/node";
import { createDatabase, dropDatabase } from "#db/testing/databases.ts";
import { seed } from "./seed.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL database with the demo's companies, to copy: see seed.ts. */
    seededDatabase: string;
  }
}

/** Once a run, after postgres.global.ts. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { postgresAdmin, postgresTemplate } = project.getProvidedContext();
  const url = await createDatabase(postgresAdmin, { prefix: "seeded", template: postgresTemplate });
  await seed({ DATABASE_URL: url });
  project.provide("seededDatabase", url);
  return () => dropDatabase(postgresAdmin, url);
}
