import { timeOfDay } from "../words/dates.ts";
import { threadLinks } from "../words/thread-links.ts";
import { MessageList, type MessageListProps } from "./message-list.tsx";

interface NewsProps extends Pick<MessageListProps, "messages" | "now" | "timeZone"> {
  conversation: { id: number; contactName: string };
  /** The last message of the page that looks for news. */
  after: number;
  /** Whether, and how often, they are looked for without a tap. */
  every: { seconds: number; isOn: boolean };
}

/** What came since a page was loaded, for the frame in it. */
export function News({ conversation, messages, after, every, now, timeZone }: NewsProps) {
  const once = `?after=${after}`;
  return (
    <main aria-label="News" className="flex flex-col gap-2 p-2 text-sm">
      <p role="status">
        {countWords(messages.length)} Checked at {timeOfDay(new Date(now), timeZone)}
        {every.isOn && `, and again every ${every.seconds} seconds`}.
      </p>
      <nav aria-label="News" className="flex flex-wrap gap-x-3">
        <a className="quiet" href={every.isOn ? `${once}&every=${every.seconds}` : once}>
          Check again
        </a>
        {every.isOn ? (
          <a className="quiet" href={once}>
            Stop checking
          </a>
        ) : (
          <a className="quiet" href={`${once}&every=${every.seconds}`}>
            Every {every.seconds} seconds
          </a>
        )}
        {messages.length > 0 && (
          <a className="quiet" href={`/conversations/${conversation.id}`} target="_top">
            Show them in the conversation
          </a>
        )}
      </nav>
      {messages.length > 0 && (
        <MessageList
          {...{ messages, now, timeZone }}
          contactName={conversation.contactName}
          unread={null}
          reveal={null}
          links={threadLinks({ pathname: `/conversations/${conversation.id}`, search: "" }, true)}
        />
      )}
    </main>
  );
}

export function SignedOutNews() {
  return (
    <main aria-label="News" className="flex flex-col gap-2 p-2 text-sm">
      <p role="alert">You are signed out, so nothing can be looked for.</p>
      <p>
        <a className="quiet" href="/login" target="_blank" rel="noreferrer">
          Sign in in a new tab
        </a>
      </p>
    </main>
  );
}

function countWords(count: number): string {
  if (count === 0) return "No new message.";
  return count === 1 ? "1 new message." : `${count} new messages.`;
}
