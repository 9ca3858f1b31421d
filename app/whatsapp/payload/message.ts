import type { Person, ReceivedMessage, ReceivedStatus } from "#app/models/received/received.ts";
import {
  identifier,
  isObject,
  type JsonObject,
  label,
  objectOf,
  sentAt,
} from "../values/fields.ts";
import { sanitiseJson } from "../values/sanitise.ts";
import type { Fault, Found } from "./change.ts";
import { readContent } from "./content.ts";
import { readError } from "./error.ts";
import { readNumberChange } from "./identity.ts";

/** The id in `context` of an edit: no message. */
const NO_MESSAGE = "M0";
const MAX_STATUS = 64;

/** Who a message is from and to, as the list that it came in tells. */
export interface Envelope {
  direction: ReceivedMessage["direction"];
  /** The customer. */
  person: Person | null;
  mayLackPerson?: boolean;
  imported?: boolean;
}

/**
 * Reads one message, of whatever list (Meta: Webhooks, "messages"). A type that this version does
 * not know is not a fault.
 *
 * @param receivedAt stands in for a time that can't be believed
 */
export function readMessage(raw: JsonObject, envelope: Envelope, receivedAt: Date): Found | Fault {
  const { direction } = envelope;
  const wamid = identifier(raw.id);
  if (!wamid) return "no message id";
  const groupId = identifier(raw.group_id);
  // In the sender's own conversation, a post to a group would read as if meant for us alone.
  if (!groupId && raw.group_id != null && raw.group_id !== "") return "unreadable message";
  const content = readContent(raw);
  if (typeof content === "string") return content;
  const person = groupId && direction === "outbound" ? null : envelope.person;
  if (!person && direction === "inbound") return "no sender";
  if (!person && !groupId && !envelope.mayLackPerson) return "no recipient";
  const { code, title } = readError(raw.errors);
  const message: ReceivedMessage = {
    wamid,
    direction,
    person,
    groupId,
    imported: envelope.imported ?? false,
    sentAt: sentAt(raw.timestamp, receivedAt),
    ...content,
    ...readContext(raw),
    errorCode: code,
    errorTitle: title,
  };
  return {
    kind: "message",
    message,
    change: raw.type === "system" ? readNumberChange(raw, message) : undefined,
    status: direction === "outbound" ? readHistoryStatus(raw, message) : undefined,
  };
}

/** What the message answers, forwards or came from. */
function readContext(
  raw: JsonObject,
): Pick<ReceivedMessage, "replyToWamid" | "forwarded" | "referral"> {
  const context = objectOf(raw.context);
  const id = identifier(context.id);
  const { referred_product } = context;
  return {
    replyToWamid: id === NO_MESSAGE ? null : id,
    forwarded:
      context.frequently_forwarded === true ? "often" : context.forwarded === true ? "once" : null,
    referral: isObject(raw.referral)
      ? sanitiseJson(raw.referral)
      : isObject(referred_product)
        ? sanitiseJson({ referred_product })
        : null,
  };
}

/** History tells with a message of ours how far it got. One that is pending got nowhere yet. */
function readHistoryStatus(raw: JsonObject, message: ReceivedMessage): ReceivedStatus | undefined {
  const status = label(objectOf(raw.history_context).status, MAX_STATUS)?.toLowerCase();
  if (!status || status === "pending") return undefined;
  const { wamid, sentAt: at, errorCode, errorTitle } = message;
  return {
    wamid,
    recipient: "",
    status: status === "error" ? "failed" : status,
    at,
    errorCode,
    errorTitle,
    errorDetails: null,
    sentWithKey: null,
  };
}
