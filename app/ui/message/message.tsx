import type { MessageResponse } from "#app/models/message-response.ts";
import { timeOfDay } from "../dates.ts";
import { MediaPlaceholder } from "../media-placeholder.tsx";
import { kindName } from "../media-words.ts";
import type { MessageListProps } from "../message-list.tsx";
import { authorName } from "./author-name.ts";
import { DeliveryMark } from "./delivery-mark.tsx";
import { EventLine, eventWords } from "./event-line.tsx";
import { receiveFailureWords, sendFailureWords } from "./failure-words.ts";
import { MessageContent } from "./message-content.tsx";
import { QuoteBlock } from "./quote-block.tsx";
import { Reactions } from "./reactions.tsx";
import { ReferralCard } from "./referral-card.tsx";

export interface MessageProps extends Omit<MessageListProps, "messages"> {
  message: MessageResponse;
  /** The messages that a quote can lead to. */
  onPage: ReadonlySet<number>;
}

/** One message: a bubble, or a line in the middle where nobody wrote anything. */
export function Message(props: MessageProps) {
  const { message, contactName, timeZone } = props;
  const time = timeOfDay(message.sentAt, timeZone);
  const clock = <time dateTime={message.sentAt.toISOString()}>{time}</time>;
  const event = eventWords(message, contactName);
  if (event !== null) return <EventLine words={event} time={clock} />;
  const inbound = message.direction === "inbound";
  const { delivery } = message;
  return (
    <div className={`flex max-w-full flex-col gap-1 ${inbound ? "items-start" : "items-end"}`}>
      <article
        className={`bubble ${inbound ? "" : "bubble-out"}`}
        aria-label={`${authorName(message, contactName)}, ${time}`}
      >
        <Heading {...props} />
        <File {...props} time={time} />
        <MessageContent message={message} />
        <Problem message={message} />
        <p className="muted flex items-center gap-2 self-end text-xs">
          {message.editedAt && !message.revokedAt && <span>Edited</span>}
          {clock}
          {delivery && <DeliveryMark delivery={delivery} timeZone={timeZone} />}
        </p>
        {delivery?.status === "failed" && (
          <p className="failed text-sm wrap-anywhere">{sendFailureWords(delivery)}</p>
        )}
      </article>
      {message.reactions.length > 0 && (
        <Reactions reactions={message.reactions} contactName={contactName} />
      )}
    </div>
  );
}

/** What stands above the words: who of a group, that it was forwarded, where from, what it answers. */
function Heading({ message, contactName, onPage }: MessageProps) {
  const { senderName, forwarded, referral, quoted } = message;
  return (
    <>
      {senderName !== null && message.direction === "inbound" && (
        <p className="font-semibold text-brand text-sm wrap-anywhere dark:text-brand-bright">
          <bdi>{senderName}</bdi>
        </p>
      )}
      {forwarded && !message.revokedAt && (
        <p className="muted flex items-center gap-1 text-sm italic">
          <span className="icon icon-forwarded" aria-hidden="true" />
          {forwarded === "often" ? "Forwarded many times" : "Forwarded"}
        </p>
      )}
      {referral && <ReferralCard referral={referral} />}
      {quoted && <QuoteBlock quote={quoted} contactName={contactName} onPage={onPage} />}
    </>
  );
}

function File({
  message,
  contactName,
  time,
  now,
  before,
  reveal,
}: MessageProps & { time: string }) {
  const { mediaKind } = message;
  if (!mediaKind || isUndeliverable(message)) return null;
  const author = message.direction === "outbound" ? "you" : authorName(message, contactName);
  return (
    <MediaPlaceholder
      message={{ ...message, mediaKind }}
      origin={`${author}, ${time}`}
      now={now}
      before={before}
      revealed={reveal?.messageId === message.id ? reveal : undefined}
    />
  );
}

/**
 * WhatsApp has said why the file can't be had, which is told in the tile's place. What it says of
 * our own messages is why they were not sent: their files can be there.
 */
function isUndeliverable({ problem, mediaId, direction }: MessageResponse): boolean {
  return problem !== null && (mediaId === null || direction === "inbound");
}

function Problem({ message }: { message: MessageResponse }) {
  const { problem, mediaKind, mediaVoice } = message;
  if (!problem) return null;
  return (
    <p className="muted text-sm italic wrap-anywhere">
      {mediaKind && `${kindName(mediaKind, mediaVoice)}: `}
      {receiveFailureWords(problem)}
    </p>
  );
}
