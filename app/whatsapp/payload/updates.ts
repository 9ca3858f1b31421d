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

export interface UnusableUpdate {
  kind: "unusable";
  /** A fixed phrase, counted and filtered by. */
  reason:
    | "not a webhook"
    | "unreadable entry"
    | "unreadable change"
    | "no phone number id"
    | "unreadable message"
    | "no message id"
    | "no sender"
    | "no recipient"
    | "no target message id"
    | "unreadable status"
    | "unreadable identity change";
  raw(): unknown;
}
