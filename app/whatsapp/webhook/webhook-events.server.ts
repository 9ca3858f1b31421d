import type { log as processLog } from "#app/process/log.server.ts";
import { webhookEvents } from "#app/process/metrics.server.ts";
import type { EventUpdate } from "../payload/updates.ts";

/** WhatsApp's webhook fields (Meta: Webhooks, "Fields"). Any other is counted as "other". */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  "account_alerts",
  "account_review_update",
  "account_settings_update",
  "account_update",
  "automatic_events",
  "business_capability_update",
  "calls",
  "flows",
  "group_lifecycle_update",
  "group_participants_update",
  "group_settings_update",
  "group_status_update",
  "history",
  "message_template_components_update",
  "message_template_quality_update",
  "message_template_status_update",
  "messages",
  "partner_solutions",
  "payment_configuration_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "smb_app_state_sync",
  "smb_message_echoes",
  "template_category_update",
  "template_correct_category_detection",
  "user_preferences",
]);

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
