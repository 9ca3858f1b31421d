import type { Delivery } from "#app/models/message-response.ts";
import { day, timeOfDay } from "../dates.ts";

const MARKS = new Map([
  ["sent", { words: "Sent", icon: "icon-sent" }],
  ["delivered", { words: "Delivered", icon: "icon-delivered" }],
  ["read", { words: "Read", icon: "icon-delivered icon-read" }],
  ["played", { words: "Played", icon: "icon-delivered icon-read" }],
]);

/** The ticks: how far a message of ours got. */
export function DeliveryMark(props: { delivery: Delivery; timeZone: string }) {
  const { status, at, counts } = props.delivery;
  const mark = MARKS.get(status);
  const when = `${day(at, props.timeZone)}, ${timeOfDay(at, props.timeZone)}`;
  if (status === "failed") {
    return (
      <span className="failed flex items-center gap-1 font-semibold" title={when}>
        <span className="icon icon-failed" aria-hidden="true" />
        Not sent
      </span>
    );
  }
  const tally = counts && tallyWords(counts);
  return (
    <span className="flex items-center gap-1" title={`${mark?.words ?? status}, ${when}`}>
      {tally}
      {mark && <span className={`icon ${mark.icon}`} aria-hidden="true" />}
      <span className={mark ? "sr-only" : undefined}>{mark?.words ?? status}</span>
    </span>
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
