import {
  auditEventsBefore,
  deleteExpired,
  type Expired,
  invitationsUntil,
  mediaViewsBefore,
  quarantinedBefore,
  rateLimitsUntil,
  sessionsUntil,
  statusesWithoutMessage,
} from "#app/models/retention.server.ts";
import { errorDetails } from "#app/process/error-details.ts";
import type { log as processLog } from "#app/process/log.server.ts";
import type { Db } from "#db/open.server.ts";

const MINUTE_MS = 60_000;
const FIRST_AFTER_MS = MINUTE_MS;
const EVERY_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Meta repeats webhooks for 7 days: what has not met its message by then never will. */
const STATUS_DAYS = 30;
/** How far back statuses are looked through; older ones were, on days before. */
const STATUS_WINDOW_DAYS = 7;
const ROWS_PER_DELETE = 10_000;

export interface Housekeeping {
  db: Db;
  /** After how many days a quarantined row is deleted. */
  quarantineDays: number;
  /** After how many days a media view or an audit event is deleted. */
  auditDays: number;
  log: Pick<typeof processLog, "info" | "error">;
  now?: () => Date;
  rowsPerDelete?: number;
}

/**
 * Deletes what is out of date soon after the start and then every hour. It keeps no process alive.
 *
 * @returns stops it: a delete that runs is finished, no other begins
 */
export function startHousekeeping(options: Housekeeping): () => void {
  const stopping = new AbortController();
  let timer = setTimeout(run, FIRST_AFTER_MS).unref();
  async function run(): Promise<void> {
    await keepHouse(options, stopping.signal);
    if (!stopping.signal.aborted) timer = setTimeout(run, EVERY_MS).unref();
  }
  return () => {
    stopping.abort();
    clearTimeout(timer);
  };
}

/** Deletes once what is out of date. What fails is logged, and left to the next time. */
export async function keepHouse(options: Housekeeping, stopping?: AbortSignal): Promise<void> {
  const { db, quarantineDays, auditDays, log, now = () => new Date() } = options;
  const { rowsPerDelete = ROWS_PER_DELETE } = options;
  const time = now();
  const daysAgo = (days: number) => new Date(time.getTime() - days * DAY_MS);
  const expired: Record<string, Expired> = {
    quarantine: quarantinedBefore(daysAgo(quarantineDays)),
    sessions: sessionsUntil(time),
    rateLimits: rateLimitsUntil(time),
    invitations: invitationsUntil(time),
    auditEvents: auditEventsBefore(daysAgo(auditDays)),
    mediaViews: mediaViewsBefore(daysAgo(auditDays)),
    statuses: statusesWithoutMessage(
      daysAgo(STATUS_DAYS + STATUS_WINDOW_DAYS),
      daysAgo(STATUS_DAYS),
    ),
  };
  const deleted: Record<string, number> = {};
  for (const [name, rows] of Object.entries(expired)) {
    try {
      deleted[name] = await deleteAll(rows);
    } catch (error) {
      log.error({ event: "housekeeping.failed", rows: name, ...errorDetails(error) });
    }
  }
  log.info({ event: "housekeeping.done", ...deleted });

  async function deleteAll(rows: Expired): Promise<number> {
    for (let all = 0; ; ) {
      if (stopping?.aborted) return all;
      const deleted = await deleteExpired(db, rows, rowsPerDelete);
      if (deleted === "busy") return all;
      all += deleted;
      if (deleted < rowsPerDelete) return all;
    }
  }
}
