/** Why what a webhook brought can't be used: fixed phrases, which are counted and filtered by. */
export const quarantineReasons = [
  "not JSON",
  "not a webhook",
  "unreadable entry",
  "unreadable change",
  "no phone number id",
  "unreadable message",
  "no message id",
  "no sender",
  "no recipient",
  "no target message id",
  "unreadable status",
  "unreadable identity change",
  "unknown phone number id",
  "refused by the database",
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** What goes by itself once somebody adds the number. */
export const UNKNOWN_NUMBER = "unknown phone number id" satisfies QuarantineReason;
