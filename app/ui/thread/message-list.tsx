import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { Album } from "../message/album.tsx";
import { Message } from "../message/message.tsx";
import type { ServerReveal } from "../tile/media-placeholder.tsx";
import { dayWords, isoDay } from "../words/dates.ts";
import type { ThreadLinks } from "../words/thread-links.ts";
import { isPicture, linesOf } from "./message-lines.ts";

/** What all messages of a page share. */
export interface MessageSurroundings {
  contactName: string;
  /** The server's clock when the page was written, in milliseconds since 1970. */
  now: number;
  timeZone: string;
  links: ThreadLinks;
  /** The one file that this page shows. */
  reveal: ({ messageId: number; mediaId: string } & ServerReveal) | null;
}

export interface MessageListProps extends MessageSurroundings {
  /** Oldest first. */
  messages: readonly MessageResponse[];
  /** What nobody has dealt with; null where all is read. */
  unread: { firstId: number; count: number } | null;
}

/** A page of a conversation. Each message is found by `m-` and its id, the first unread one by `unread`. */
export function MessageList({ messages, unread, ...surroundings }: MessageListProps) {
  const { timeZone, now } = surroundings;
  const onPage = new Set(messages.map(({ id }) => id));
  return (
    <ol className="thread">
      {linesOf(messages, { timeZone, firstUnreadId: unread?.firstId ?? null }).map((line) => {
        const [message, ...more] = line.messages;
        if (!message) return null;
        const { id, direction, sentAt } = message;
        return (
          <li
            key={id}
            id={more.length > 0 ? undefined : `m-${id}`}
            className={direction === "outbound" ? "ours" : undefined}
          >
            {line.newDay && (
              <p className="note">
                <time dateTime={isoDay(sentAt, timeZone)}>
                  {dayWords(sentAt, new Date(now), timeZone)}
                </time>
              </p>
            )}
            {line.firstUnread && (
              <p id="unread" className="unread">
                {unreadWords(unread?.count ?? 0)}
              </p>
            )}
            {isPicture(message) ? (
              <Album messages={line.messages} first={message} onPage={onPage} {...surroundings} />
            ) : (
              <Message message={message} onPage={onPage} {...surroundings} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function unreadWords(count: number): string {
  return count === 1 ? "1 unread message" : `${count} unread messages`;
}
