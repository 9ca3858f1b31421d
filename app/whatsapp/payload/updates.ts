import type { QuarantineReason, UNKNOWN_NUMBER } from "#app/models/received/quarantine-reason.ts";
import type {
  IdentityChange,
  ReceivedGroup,
  ReceivedMessage,
  ReceivedStatus,
} from "#app/models/received/received.ts";

/** One thing that a webhook told us. */
export type WebhookUpdate =
  | MessageUpdate
  | StatusUpdate
  | IdentityUpdate
  | GroupUpdate
  | EventUpdate
  | UnusableUpdate;

/** What belongs to one of our numbers. */
export interface NumberUpdate {
  phoneNumberId: string;
  /**
   * A webhook body of its own that carries only this update, as received: it can be sent again.
   * Made when asked for, because hardly any update needs it.
   */
  raw(): unknown;
}

export interface MessageUpdate extends NumberUpdate {
  kind: "message";
  /**
   * Its person may also be null in a file of ours that history sends after its media_placeholder,
   * which told the person; such a file says nothing reliable of its direction either.
   */
  message: ReceivedMessage;
  /** A system message can also say that its sender changed their number. */
  change?: IdentityChange | undefined;
  /** How far the message got, where history tells it with the message. */
  status?: ReceivedStatus | undefined;
}

export interface StatusUpdate extends NumberUpdate {
  kind: "status";
  status: ReceivedStatus;
}

export interface IdentityUpdate extends NumberUpdate {
  kind: "identity";
  change: IdentityChange;
}

export interface GroupUpdate extends NumberUpdate {
  kind: "group";
  group: ReceivedGroup;
}

/** Not about a conversation: an account's, a template's, an unknown field. Acknowledged and logged. */
export interface EventUpdate {
  kind: "event";
  /** The webhook field it came under, such as account_update; at most 64 characters. */
  field: string;
  /** An error at value level: a warning in the log. */
  isError: boolean;
  /** Ids, codes and WhatsApp's own words for the log; nothing that a customer wrote. */
  details: Record<string, string | number | boolean>;
}

/** What only whoever has the whole body, or stores it, can tell. */
type LaterReason = "not JSON" | typeof UNKNOWN_NUMBER | "refused by the database";

export interface UnusableUpdate {
  kind: "unusable";
  reason: Exclude<QuarantineReason, LaterReason>;
  raw(): unknown;
}
