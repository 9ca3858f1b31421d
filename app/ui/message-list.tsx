import type { MessageResponse } from "#app/models/message-response.ts";
import { day, timeOfDay } from "./dates.ts";
import { MediaPlaceholder, type ServerReveal } from "./media-placeholder.tsx";

export interface MessageListProps {
  messages: MessageResponse[];
  contactName: string;
  now: number;
  timeZone: string;
  /** Which page of the conversation this is: the message it ends before. */
  before?: number | undefined;
  /** The one message whose file this page shows. */
  reveal: ({ messageId: number } & ServerReveal) | null;
}

export function MessageList({ messages, ...rest }: MessageListProps) {
  return (
    <ol className="flex flex-col gap-2">
      {messages.map((message, index) => {
        const date = day(message.sentAt, rest.timeZone);
        const previous = messages[index - 1];
        const newDay = !previous || day(previous.sentAt, rest.timeZone) !== date;
        return (
          <li key={message.id} className="flex flex-col gap-2">
            {newDay && (
              <p className="self-center px-3 py-1 text-xs text-slate-600 dark:text-slate-300">
                {date}
              </p>
            )}
            <Message message={message} {...rest} />
          </li>
        );
      })}
    </ol>
  );
}

function Message(props: { message: MessageResponse } & Omit<MessageListProps, "messages">) {
  const { message, contactName, now, timeZone, before, reveal } = props;
  const time = timeOfDay(message.sentAt, timeZone);
  const inbound = message.direction === "inbound";
  return (
    <article
      className={`bubble ${inbound ? "self-start" : "bubble-out self-end"}`}
      aria-label={`${inbound ? contactName : "You"}, ${time}`}
    >
      {message.mediaKind && (
        <MediaPlaceholder
          message={{ ...message, mediaKind: message.mediaKind }}
          origin={`${inbound ? contactName : "you"}, ${time}`}
          now={now}
          before={before}
          revealed={reveal?.messageId === message.id ? reveal : undefined}
        />
      )}
      <Words message={message} />
      <time
        className="self-end text-xs text-slate-600 dark:text-slate-300"
        dateTime={message.sentAt.toISOString()}
      >
        {time}
      </time>
    </article>
  );
}

function Words({ message }: { message: MessageResponse }) {
  const words = message.mediaCaption ?? message.body;
  if (words) {
    return (
      <p dir="auto" className="whitespace-pre-wrap break-words">
        {words}
      </p>
    );
  }
  if (message.mediaKind || message.type === "text") return null;
  return (
    <p className="text-slate-600 italic dark:text-slate-300">
      Unsupported message. Open WhatsApp on the phone to see it.
    </p>
  );
}
