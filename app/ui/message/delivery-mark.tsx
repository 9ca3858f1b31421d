import type { Delivery } from "#app/models/messages/message-response.ts";
import { FAILED, UNCONFIRMED } from "#app/models/outgoing/outgoing-status.ts";

/** What went wrong, by the status that says so: its words, and the class of the picture beside them. */
export const UNSENT = new Map([
  [FAILED, { words: "Not sent", icon: "icon-failed" }],
  [UNCONFIRMED, { words: "Not confirmed", icon: "icon-unconfirmed" }],
]);

/** The words, and the class of the picture that those who see it get in their place. */
const MARKS = new Map([
  ["sending", { words: "Sending", icon: "icon-sending" }],
  ["sent", { words: "Sent", icon: "icon-sent" }],
  ["delivered", { words: "Delivered", icon: "icon-delivered" }],
  ["read", { words: "Read", icon: "icon-read" }],
  ["played", { words: "Played", icon: "icon-read" }],
]);

/** The ticks: how far a message of ours got. */
export function DeliveryMark({ delivery: { status, counts } }: { delivery: Delivery }) {
  const unsent = UNSENT.get(status);
  if (unsent) {
    return (
      <span className="failed flex items-center gap-1 strong">
        <span className={`icon ${unsent.icon}`} aria-hidden="true" />
        {unsent.words}
      </span>
    );
  }
  const mark = MARKS.get(status);
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
