import { parseArgs } from "node:util";
import { databaseErrorCode } from "#app/models/database-errors.server.ts";
import { countQuarantined } from "#app/models/received/quarantine.server.ts";
import { UNKNOWN_NUMBER } from "#app/models/received/quarantine-reason.ts";
import { errorDetails } from "#app/process/error-details.ts";
import { replayQuarantine } from "#app/whatsapp/ingest/replay.server.ts";
import { FolderLockedError } from "#db/embedded/folder-lock.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { configFromCommandLine } from "./command-line.ts";

const USAGE = `Tries again what webhooks brought and could not be used: npm run webhook:replay

  -- --reason "${UNKNOWN_NUMBER}"   only what was kept for this reason
  -- --dry-run                            change nothing, only tell what would happen`;

const options = readOptions();
const config = configFromCommandLine();
try {
  const { forDuty, close } = await openDatabase(config);
  try {
    await replay(forDuty("webhook"));
  } finally {
    await close();
  }
} catch (error) {
  const code = databaseErrorCode(error);
  if (!(error instanceof FolderLockedError) && !code) throw error;
  fail(
    code
      ? `The database failed (${code}). What was replayed before stays so; run this again.`
      : (error as Error).message,
  );
}

function readOptions() {
  try {
    const known = { reason: { type: "string" }, "dry-run": { type: "boolean" } } as const;
    return parseArgs({ options: known }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(1);
  }
}

async function replay(db: DutyDb): Promise<void> {
  const { reason, "dry-run": dryRun } = options;
  const before = await countQuarantined(db);
  if (reason !== undefined && !before.some((row) => row.reason === reason)) {
    const known = before.map((row) => `\n  ${row.reason}`).join("") || " none";
    console.log(`Nothing is quarantined for this reason. Reasons there are:${known}`);
    return;
  }
  const outcomes = await replayQuarantine(db, {
    reason,
    dryRun,
    onFailure: (id, error) => {
      const { name, frames } = errorDetails(error);
      fail(`Row ${id} could not be tried and stays: ${name} ${frames?.[0] ?? ""}`);
    },
  });
  for (const [reason, { ingested, unusable }] of outcomes) {
    console.log(
      `${reason}: ${ingested + unusable} tried, ${ingested} ingested, ${unusable} still unusable`,
    );
  }
  if (outcomes.size === 0) console.log("Nothing to replay.");
  if (dryRun) console.log("Dry run: nothing was changed.");
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
