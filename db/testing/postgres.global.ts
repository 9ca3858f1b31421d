import type { TestProject } from "vitest/node";
import { migrateDatabase } from "#db/migrations.server.ts";
import { startCluster } from "./cluster.ts";
import { createDatabase, dropDatabase } from "./databases.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL database whose user may create others. */
    postgresAdmin: string;
    /** A migrated, empty database to copy. */
    postgresTemplate: string;
  }
}

interface TestPostgres {
  admin: string;
  template: string;
  end(): Promise<void>;
}

/** Each project has its own global setup, in one process. */
const processWide = globalThis as { postgres?: Promise<TestPostgres>; postgresUsers?: number };

/** Once a run: a server, and a migrated database that each test file gets a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  processWide.postgres ??= start();
  processWide.postgresUsers = (processWide.postgresUsers ?? 0) + 1;
  const { admin, template, end } = await processWide.postgres;
  project.provide("postgresAdmin", admin);
  project.provide("postgresTemplate", template);
  return async () => {
    processWide.postgresUsers = (processWide.postgresUsers ?? 0) - 1;
    if (processWide.postgresUsers > 0) return;
    processWide.postgres = undefined;
    await end();
  };
}

async function start(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  const cluster = given ? undefined : await startCluster();
  const forget = onDeath(() => cluster?.kill());
  const admin = given ?? cluster?.url ?? "";
  try {
    const template = await createDatabase(admin, { prefix: "template" });
    await migrateDatabase(template);
    const end = async () => {
      if (given) await dropDatabase(admin, template);
      await cluster?.stop();
      forget();
    };
    return { admin, template, end };
  } catch (error) {
    await cluster?.stop();
    throw error;
  }
}

/** Vitest runs no teardown when a signal or an exit ends it early. */
function onDeath(clean: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    clean();
    forget();
    process.kill(process.pid, signal);
  };
  const forget = () => {
    process.off("exit", clean);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on("exit", clean);
  for (const signal of signals) process.on(signal, onSignal);
  return forget;
}
