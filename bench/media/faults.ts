import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import type { Options } from "#bench/run.ts";
import { startCluster } from "#db/testing/cluster.ts";
import { createDatabase } from "#db/testing/databases.ts";
import { canRunPostgres } from "#db/testing/server.ts";
import {
  type FaultReport,
  faultScheduleEnv,
  runFaultSchedules,
} from "#tests/server/media/testing/fault-schedules.ts";
import { startApp } from "#tests/support/app/app.ts";

const CONCURRENCY = 32;

/** Random faults and clients against the built app. Ends with 1 when one of them did harm. */
export async function benchFaults(options: Pick<Options, "schedules" | "seed">): Promise<void> {
  const [schedules, seed] = [Number(options.schedules), Number(options.seed)];
  console.log(`${schedules} fault schedules, --seed=${seed}`);
  const cluster = canRunPostgres() ? await startCluster() : undefined;
  const app = await startApp({
    databaseUrl: cluster ? await createDatabase(cluster.url) : "",
    env: faultScheduleEnv,
  });
  try {
    const startedAt = performance.now();
    const report = await runFaultSchedules({ app, schedules, seed, concurrency: CONCURRENCY });
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(report);
    if (report.problems.length > 0) process.exitCode = 1;
    else await write(report, { schedules, seed, seconds });
  } finally {
    await app.stop();
    await cluster?.stop();
  }
}

async function write(
  { outcomes }: FaultReport,
  { schedules, seed, seconds }: { schedules: number; seed: number; seconds: number },
): Promise<void> {
  const rows = Object.entries(outcomes)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([outcome, count]) => `| ${outcome} | ${count} |`);
  const report = [
    "# Random faults",
    "",
    `\`npm run bench -- faults --schedules=${schedules} --seed=${seed}\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${os.cpus().length} cores: ${seconds} s, ${CONCURRENCY} at a time.`,
    "",
    "Each schedule is a file of up to 1 MB, none to three faults of the simulated WhatsApp, and one or two clients that read, leave, pause, or ask for a part. Nobody got wrong bytes with a clean end, or a failure that nothing explains; afterwards no stream, request or socket was left open, and nothing was logged as our own error.",
    "",
    "| what a client got | times |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
  await mkdir("bench/results", { recursive: true });
  await writeFile("bench/results/faults.md", report);
  console.log("\nWritten to bench/results/faults.md");
}
