import { useEffect, useRef, useState } from "react";

/** Of a conversation in the list, what an announcement needs. */
export interface AnnouncedConversation {
  contactName: string;
  unreadCount: number;
  lastMessageAt: Date | null;
}

const MAX_NAMES = 3;

/** Tells those who hear the page who has written, when the list shows it for the first time. */
export function NewMessageAnnouncer(props: { conversations: readonly AnnouncedConversation[] }) {
  const { conversations } = props;
  const newestSeen = useRef<number>();
  const [words, setWords] = useState({ text: "", serial: 0 });
  useEffect(() => {
    const seen = newestSeen.current;
    newestSeen.current = Math.max(seen ?? 0, ...conversations.map(timeOf));
    if (seen === undefined) return;
    const names = conversations
      .filter((conversation) => conversation.unreadCount > 0 && timeOf(conversation) > seen)
      .map(({ contactName }) => contactName);
    if (names.length === 0) return;
    setWords(({ serial }) => ({ text: `New message from ${list(names)}`, serial: serial + 1 }));
  }, [conversations]);
  return (
    <div aria-live="polite" className="sr-only">
      {/* The same words again are an announcement again only in an element of their own. */}
      <p key={words.serial}>{words.text}</p>
    </div>
  );
}

function timeOf({ lastMessageAt }: AnnouncedConversation): number {
  return lastMessageAt?.getTime() ?? 0;
}

function list(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const first = names.slice(0, MAX_NAMES).join(", ");
  return more > 0 ? `${first} and ${more} more` : first;
}
