import "#bench/tools/environment.ts";
import { receiveMutations } from "#app/whatsapp/webhook/testing/mutations.ts";
import type { Options } from "#bench/run.ts";
import { migrateDatabase } from "#db/migrations.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { canRunPostgres } from "#db/testing/server.ts";
import { addCompany } from "#tests/support/company.ts";
import { PHONE_NUMBER_ID } from "#tests/support/webhooks.ts";

/** Mutated payloads through the whole receiving function. Ends with 1 when one of them did harm. */
export async function benchMutations(options: Pick<Options, "payloads" | "seed">): Promise<void> {
  const [payloads, seed] = [Number(options.payloads), Number(options.seed)];
  console.log(`${payloads} mutated payloads, --seed=${seed}`);
  const cluster = canRunPostgres() ? await startCluster() : undefined;
  const databaseUrl = cluster && (await createDatabase(cluster.url));
  if (databaseUrl) await migrateDatabase(databaseUrl);
  const { forOwner, forDuty, engine, close } = await openDatabase({
    DATABASE_URL: databaseUrl,
    DATA_DIR: "memory://",
  });
  const db = forOwner();
  try {
    await addCompany(db, PHONE_NUMBER_ID);
    const startedAt = performance.now();
    const outcome = await receiveMutations({
      db,
      webhooks: forDuty("webhook"),
      payloads,
      seed,
      concurrency: 4,
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const perSecond = Math.round(payloads / seconds);
    console.log({ engine, seconds: Math.round(seconds), perSecond, ...outcome });
    const { failures, missing, listedWithoutMessage } = outcome;
    if (failures.length + missing.length + listedWithoutMessage > 0) process.exitCode = 1;
  } finally {
    await close();
    await cluster?.stop();
  }
}
