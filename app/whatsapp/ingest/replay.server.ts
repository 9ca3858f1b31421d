import { TransactionRollbackError } from "drizzle-orm/errors";
import { databaseErrorCode, dataErrorCode } from "#app/models/database-errors.server.ts";
import {
  backdateQuarantined,
  quarantinedIds,
  takeQuarantined,
} from "#app/models/received/quarantine.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import { ingestBody } from "./ingest.server.ts";

export interface ReplayOptions {
  /** Only rows of this reason. */
  reason?: string | undefined;
  /** Find out what would happen, and change nothing. */
  dryRun?: boolean | undefined;
  /** Told of each row that a fault of our own kept from being tried; it stays as it was. */
  onFailure?: (id: number, error: unknown) => void;
}

/** Of the rows of one reason. */
export interface ReplayCounts {
  ingested: number;
  /** Kept, under the reason of now: it may be another. Of a body with several updates, what is left. */
  unusable: number;
}

/**
 * Ingests every quarantined row again, one transaction each: it can be interrupted and run again at
 * any time, also beside a running server.
 *
 * @param db of the duty "webhook"
 * @returns what became of the rows, by the reason they had
 * @throws the database's error when the data is not at fault; what was replayed before stays
 */
export async function replayQuarantine(
  db: DutyDb,
  { reason, dryRun = false, onFailure = () => {} }: ReplayOptions = {},
): Promise<Map<string, ReplayCounts>> {
  const outcomes = new Map<string, ReplayCounts>();
  for await (const id of quarantinedIds(db, reason)) {
    try {
      const outcome = await replayRow(db, id, dryRun);
      if (!outcome) continue;
      const counts = outcomes.get(outcome.reason) ?? { ingested: 0, unusable: 0 };
      counts[outcome.became] += 1;
      outcomes.set(outcome.reason, counts);
    } catch (error) {
      if (databaseErrorCode(error) && !dataErrorCode(error)) throw error;
      onFailure(id, error);
    }
  }
  return outcomes;
}

interface Outcome {
  reason: string;
  became: keyof ReplayCounts;
}

/** Takes the row out before it is ingested, because what is still unusable in it is quarantined anew. */
async function replayRow(db: DutyDb, id: number, dryRun: boolean): Promise<Outcome | undefined> {
  let outcome: Outcome | undefined;
  try {
    await db.transaction(async (tx) => {
      const row = await takeQuarantined(tx, id);
      if (!row) return;
      const { quarantined } = await ingestBody(tx, row.body, row.receivedAt);
      await backdateQuarantined(tx, row.receivedAt);
      outcome = { reason: row.reason, became: quarantined === 0 ? "ingested" : "unusable" };
      if (dryRun) tx.rollback();
    });
  } catch (error) {
    if (!(error instanceof TransactionRollbackError)) throw error;
  }
  return outcome;
}
