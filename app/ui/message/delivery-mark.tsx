import type { Delivery } from "#app/models/messages/message-response.ts";
import type { DeliveryStatus } from "#app/models/outgoing/delivery-status.ts";
import type { LocalStatus } from "#app/models/outgoing/outgoing-status.ts";

interface Mark {
  words: string;
  /** The class of the picture beside the words or, for those who see it, in their place. */
  icon: string;
  /** It was not sent, or may not have been. */
  isUnsent?: true;
}

export const marks: Record<LocalStatus | DeliveryStatus, Mark> = {
  sending: { words: "Sending", icon: "icon-sending" },
  failed: { words: "Not sent", icon: "icon-failed", isUnsent: true },
  unconfirmed: { words: "Not confirmed", icon: "icon-unconfirmed", isUnsent: true },
  sent: { words: "Sent", icon: "icon-sent" },
  delivered: { words: "Delivered", icon: "icon-delivered" },
  read: { words: "Read", icon: "icon-read" },
  played: { words: "Played", icon: "icon-read" },
};

/** @returns undefined for a word of WhatsApp's that this version doesn't know */
export function markOf(status: string): Mark | undefined {
  return Object.hasOwn(marks, status) ? marks[status as keyof typeof marks] : undefined;
}

/** The ticks: how far a message of ours got. */
export function DeliveryMark({ delivery: { status, counts } }: { delivery: Delivery }) {
  const mark = markOf(status);
  if (mark?.isUnsent) {
    return (
      <span className="failed flex items-center gap-1 strong">
        <span className={`icon ${mark.icon}`} aria-hidden="true" />
        {mark.words}
      </span>
    );
  }
  return (
    <>
      {counts && <span>{tallyWords(counts)}</span>}
      <span className={mark && `tick ${mark.icon}`}>{mark?.words ?? status}</span>
    </>
  );
}

/** In a group: "2 received, 1 read". */
function tallyWords({ delivered, read, failed }: NonNullable<Delivery["counts"]>): string {
  return [
    delivered > 0 && `${delivered} received`,
    read > 0 && `${read} read`,
    failed > 0 && `${failed} not reached`,
  ]
    .filter(Boolean)
    .join(", ");
}
