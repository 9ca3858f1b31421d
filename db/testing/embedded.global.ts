import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import type { TestProject } from "vitest/node";
import { migrateEmbedded } from "#db/migrations.server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The file of a migrated, empty embedded database, as PGlite dumps it. */
    embeddedTemplate: string;
  }
}

/** Once a run: an embedded database that each test file begins with. To make one takes seconds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const client = await PGlite.create("memory://");
  await migrateEmbedded(drizzle(client));
  const dump = await client.dumpDataDir("none");
  await client.close();
  const folder = await mkdtemp(path.join(tmpdir(), "tapview-embedded-"));
  const file = path.join(folder, "template.tar");
  await writeFile(file, Buffer.from(await dump.arrayBuffer()));
  project.provide("embeddedTemplate", file);
  return () => rm(folder, { recursive: true });
}
