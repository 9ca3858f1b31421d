import { label, objectOf } from "../values/fields.ts";
import { type Change, readEach } from "./change.ts";
import { readError } from "./error.ts";
import type { EventUpdate, WebhookUpdate } from "./updates.ts";

const MAX_FIELD = 64;
const MAX_DETAIL = 200;

/**
 * Keys that hold WhatsApp's own words, ids and figures, by the part of the value that they are in
 * (Meta: Webhooks, the page of each field); of a list its first element. Nothing that a customer
 * wrote and no number of theirs may come from here, so ids that encode one are left out.
 */
const WORDED = {
  "": [
    ...[
      "event",
      "decision",
      "reason",
      "rejection_reason",
      "type",
      "status",
      "display_phone_number",
    ],
    ...["message_template_id", "message_template_name", "message_template_language"],
    ...["message_template_category", "previous_category", "new_category", "correct_category"],
    ...["previous_quality_score", "new_quality_score", "current_limit", "old_limit"],
    ...["max_daily_conversation_per_phone", "max_daily_conversations_per_business"],
    ...["max_phone_numbers_per_business", "max_phone_numbers_per_waba", "entity_type", "entity_id"],
    ...["flow_id", "old_status", "new_status", "alert_state", "error_rate", "threshold"],
    ...["solution_id", "solution_status", "configuration_name", "provider_name"],
  ],
  alert_info: ["alert_type", "alert_severity", "alert_status"],
  violation_info: ["violation_type"],
  restriction_info: ["restriction_type", "expiration"],
  ban_info: ["waba_ban_state", "waba_ban_date"],
  waba_info: ["waba_id", "ad_account_id", "owner_business_id"],
  groups: ["type", "reason", "request_id"],
  calls: ["event", "direction", "status"],
  statuses: ["type", "status"],
  user_preferences: ["category"],
  state_sync: ["type", "action"],
  automatic_events: ["event_name"],
};

/** A change as an event for the log. */
export function readEvent(change: Change): EventUpdate {
  const worded = Object.entries(WORDED).flatMap(([part, keys]) => {
    const place = part === "" ? change.value : change.value[part];
    const holder = objectOf(Array.isArray(place) ? place[0] : place);
    return keys.map((key): [string, unknown] => [key, holder[key]]);
  });
  return event(change, false, worded);
}

/**
 * Reads `errors` of a value or of a part of history: each an event (Meta: "Error codes").
 *
 * @param only a webhook body with only these errors in it
 */
export function readErrors(
  change: Change,
  errors: unknown,
  only: (errors: unknown) => unknown,
): WebhookUpdate[] {
  return readEach(errors, only, "unreadable change", (error) => {
    const { code, title, details } = readError([error]);
    const { message, error_type } = error;
    return event(change, true, Object.entries({ code, title, message, details, error_type }));
  });
}

function event(change: Change, isError: boolean, found: [string, unknown][]): EventUpdate {
  const { field, wabaId, phoneNumberId } = change;
  const details: EventUpdate["details"] = {};
  for (const [key, value] of [...found, ...Object.entries({ wabaId, phoneNumberId })]) {
    const detail = typeof value === "string" ? label(value, MAX_DETAIL) : value;
    if (isScalar(detail)) details[key] = detail;
  }
  return { kind: "event", field: label(field, MAX_FIELD) ?? "", isError, details };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
