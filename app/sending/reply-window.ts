const WINDOW_MS = 24 * 3_600_000;

/** Until when we may write freely; Dates as milliseconds since 1970, so that a page can carry them. */
export interface ReplyWindow {
  open: boolean;
  /** Null when the customer never wrote. */
  closesAt: number | null;
}

/**
 * WhatsApp takes free messages for 24 hours after the customer last wrote, and templates after that
 * (Meta: Cloud API, "Customer service windows").
 *
 * @param now milliseconds since 1970
 */
export function replyWindow(lastInboundAt: Date | null, now: number): ReplyWindow {
  const closesAt = lastInboundAt && lastInboundAt.getTime() + WINDOW_MS;
  return { open: closesAt !== null && now < closesAt, closesAt };
}
