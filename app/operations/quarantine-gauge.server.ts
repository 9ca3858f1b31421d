import { databaseErrorCode } from "#app/models/database-errors.server.ts";
import { countQuarantined } from "#app/models/received/quarantine.server.ts";
import { boundedQuery } from "#app/process/bounded-query.server.ts";
import { log as processLog } from "#app/process/log.server.ts";
import { webhookQuarantined } from "#app/process/metrics.server.ts";
import type { Db } from "#db/open.server.ts";

const ANSWER_WITHIN_MS = 2_000;

const countWithin = boundedQuery(countQuarantined);

/** Sets the gauge of quarantined rows; empties it, and says so in the log, when they can't be counted. */
export async function measureQuarantine(
  db: Db,
  log: Pick<typeof processLog, "warn"> = processLog,
  answerWithin = ANSWER_WITHIN_MS,
): Promise<void> {
  const counts = await countWithin(db, answerWithin).catch(
    (error: unknown) => databaseErrorCode(error) ?? String(Object(error).name),
  );
  webhookQuarantined.reset();
  if (typeof counts === "string") {
    log.warn({ event: "metrics.incomplete", missing: "webhook_quarantined_rows", why: counts });
    return;
  }
  for (const { reason, rows } of counts) webhookQuarantined.set({ reason }, rows);
}
