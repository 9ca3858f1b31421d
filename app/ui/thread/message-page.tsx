import { MessageList, type MessageListProps } from "./message-list.tsx";

export interface MessagePageProps extends MessageListProps {
  /** The messages that other pages are before and after; null where there are none. */
  older: number | null;
  newer: number | null;
}

/**
 * The part of a conversation that scrolls, with the ways to the rest of it. Reversed, a scrolled box
 * opens at its end, and stays there when lines are added: without a script.
 */
export function MessagePage({ older, newer, ...list }: MessagePageProps) {
  const { links, messages } = list;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself has to be reached by keyboard
    <section aria-label="Messages" tabIndex={0} className="scroll-box">
      <div>
        {older !== null && (
          <a id="older" href={links.older(older)} className="quiet">
            Older messages
          </a>
        )}
        {messages.length === 0 && <p className="note">There are no messages here.</p>}
        <MessageList {...list} />
        {(newer !== null || messages.length === 0) && (
          <p className="flex flex-wrap justify-center gap-3">
            {newer !== null && (
              <a href={links.newer(newer)} className="quiet">
                Newer messages
              </a>
            )}
            <a href={links.newest} className="quiet">
              Newest
            </a>
          </p>
        )}
      </div>
    </section>
  );
}
