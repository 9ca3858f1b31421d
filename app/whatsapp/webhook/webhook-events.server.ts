import type { log as processLog } from "#app/process/log.server.ts";
import { webhookEvents } from "#app/process/metrics.server.ts";
import type { EventUpdate } from "../payload/updates.ts";
import { webhookFields } from "../values/webhook-field.ts";

/** Any other is counted as "other". */
const KNOWN_FIELDS: ReadonlySet<string> = new Set(webhookFields);

/**
 * Writes to the log, and counts, what a webhook tells about the account rather than a conversation:
 * one line each, an error as a warning.
 */
export function reportEvents(
  events: readonly EventUpdate[],
  log: Pick<typeof processLog, "info" | "warn">,
): void {
  for (const { field, isError, details } of events) {
    webhookEvents.inc({ field: KNOWN_FIELDS.has(field) ? field : "other" });
    if (isError) log.warn({ event: "webhook.account_error", field, details });
    else log.info({ event: "webhook.event", field, details });
  }
}
