import { identifier, type JsonObject, label, phone, sentAt } from "../values/fields.ts";
import { type Change, type Fault, type Found, readEach, updateOf } from "./change.ts";
import { readError } from "./error.ts";
import type { WebhookUpdate } from "./updates.ts";

const MAX_STATUS = 64;

/** Reads `statuses`: how far messages got, ours and other apps' (Meta: Webhooks, "status"). */
export function readStatuses(change: Change): WebhookUpdate[] {
  const only = (statuses: unknown) => change.only({ statuses });
  return readEach(change.value.statuses, only, "unreadable status", (raw) =>
    updateOf(change, readStatus(raw, change.receivedAt), () => only([raw])),
  );
}

function readStatus(raw: JsonObject, receivedAt: Date): Found | Fault {
  const wamid = identifier(raw.id);
  const status = label(raw.status, MAX_STATUS)?.toLowerCase();
  if (!wamid || !status) return "unreadable status";
  const { code: errorCode, title: errorTitle, details: errorDetails } = readError(raw.errors);
  const at = sentAt(raw.timestamp, receivedAt);
  const recipient = participantOf(raw);
  return {
    kind: "status",
    status: {
      wamid,
      recipient,
      status,
      at,
      errorCode,
      errorTitle,
      errorDetails,
      sentWithKey: identifier(raw.biz_opaque_callback_data),
    },
  };
}

/** Whom in a group it reached: WhatsApp has written the key in three ways. */
function participantOf(raw: JsonObject): string {
  const keys = [
    raw.recipient_participant_id,
    raw.participant_recipient_id,
    raw.recipient_participant_user_id,
  ];
  return keys.map((id) => phone(id) ?? identifier(id)).find((id) => id !== null) ?? "";
}
