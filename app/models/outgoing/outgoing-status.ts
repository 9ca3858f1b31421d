/**
 * What stands in message_statuses under a message's local wamid. Once WhatsApp has accepted the
 * message, the row no longer belongs to it, and only keeps the same form from sending again.
 */
export const SENDING = "sending";
export const FAILED = "failed";
export const UNCONFIRMED = "unconfirmed";
export const ACCEPTED = "accepted";
export const DISCARDED = "discarded";

const localStatuses = [SENDING, FAILED, UNCONFIRMED, ACCEPTED, DISCARDED] as const;
/** What a message of ours may stand at that is to be seen, before WhatsApp tells of it. */
export type LocalStatus = Exclude<
  (typeof localStatuses)[number],
  typeof ACCEPTED | typeof DISCARDED
>;

/** Far more than a call to WhatsApp may take: what is still under way then, its process has died. */
export const SENDING_OVERDUE_MS = 60_000;

/**
 * What a status stands for now: a message that a dead process was sending may have been sent.
 *
 * @param at when it began
 */
export function statusNow(status: string, at: Date, now: number): string {
  const overdue = status === SENDING && now - at.getTime() > SENDING_OVERDUE_MS;
  return overdue ? UNCONFIRMED : status;
}

/** The file of a message whose upload failed: nothing of it is left to send. */
export const FILE_NOT_KEPT = "The file was not kept. Attach it again.";
