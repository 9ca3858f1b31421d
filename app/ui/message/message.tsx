import type { MessageResponse } from "#app/models/messages/message-response.ts";
import type { MessageSurroundings } from "../thread/message-list.tsx";
import { ClockTime } from "./clock-time.tsx";
import { EventLine, eventWords } from "./event-line.tsx";
import { Heading } from "./heading.tsx";
import { MessageParts } from "./message-parts.tsx";
import { Reactions } from "./reactions.tsx";

export interface MessageProps extends MessageSurroundings {
  message: MessageResponse;
  /** The messages that a quote can lead to without another page. */
  onPage: ReadonlySet<number>;
  /** Whether this page shows all pictures of its album. */
  isShownWithAlbum?: boolean;
}

/** One message: a bubble, or a line in the middle where nobody wrote anything. */
export function Message(props: MessageProps) {
  const { message, contactName, timeZone } = props;
  const event = eventWords(message, contactName);
  if (event !== null) {
    return <EventLine words={event} time={<ClockTime at={message.sentAt} timeZone={timeZone} />} />;
  }
  return (
    <>
      <article className="bubble">
        <Heading {...props} />
        <MessageParts {...props} />
      </article>
      {message.reactions.length > 0 && (
        <Reactions reactions={message.reactions} contactName={contactName} />
      )}
    </>
  );
}
