/**
 * WhatsApp's words for how far a message of ours got (Meta: Webhooks, "status messages"), each with
 * its rank: one of a lower rank doesn't take it back. A message that arrived did not fail, whatever
 * came in between.
 */
const ranks = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 } as const;
export type DeliveryStatus = keyof typeof ranks;

export const deliveryStatuses = Object.keys(ranks) as DeliveryStatus[];

/** @returns 0, the least, for a word that this version doesn't know */
export function rankOf(status: string): number {
  return Object.hasOwn(ranks, status) ? ranks[status as DeliveryStatus] : 0;
}

/** A status, and all that say more. */
export function statusesFrom(status: DeliveryStatus): DeliveryStatus[] {
  return deliveryStatuses.filter((other) => ranks[other] >= ranks[status]);
}
