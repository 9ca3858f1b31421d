import type { MessageResponse } from "#app/models/message-response.ts";
import { day } from "./dates.ts";
import type { ServerReveal } from "./media-placeholder.tsx";
import { Message } from "./message/message.tsx";

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
  const onPage = new Set(messages.map(({ id }) => id));
  return (
    <ol className="flex flex-col gap-2">
      {messages.map((message, index) => {
        const date = day(message.sentAt, rest.timeZone);
        const previous = messages[index - 1];
        const newDay = !previous || day(previous.sentAt, rest.timeZone) !== date;
        return (
          <li key={message.id} id={`m-${message.id}`} className="flex flex-col gap-2">
            {newDay && <p className="muted self-center px-3 py-1 text-xs">{date}</p>}
            <Message message={message} onPage={onPage} {...rest} />
          </li>
        );
      })}
    </ol>
  );
}
