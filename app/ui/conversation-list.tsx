import { NavLink } from "@remix-run/react";
import type { Conversation } from "#app/models/conversations.server.ts";
import { shortDay } from "./dates.ts";

export function ConversationList(props: {
  conversations: Conversation[];
  current: number;
  timeZone: string;
}) {
  if (props.conversations.length === 0) {
    return (
      <p className="px-4 py-6 text-slate-600 dark:text-slate-300">
        No conversation yet. One appears here when a customer writes to a number that you are a
        member of.
      </p>
    );
  }
  return (
    <nav aria-label="Conversations">
      <ul>
        {props.conversations.map((conversation) => (
          <li key={conversation.id}>
            <NavLink
              to={`/conversations/${conversation.id}`}
              className={`block px-4 py-3 hover:bg-slate-100 dark:hover:bg-slate-800 ${conversation.id === props.current ? "bg-slate-100 dark:bg-slate-800" : ""}`}
            >
              <span className="flex items-baseline justify-between gap-3">
                <bdi className="truncate font-medium">{conversation.contactName}</bdi>{" "}
                {conversation.lastMessageAt && (
                  <time
                    className="shrink-0 text-xs text-slate-600 dark:text-slate-300"
                    dateTime={conversation.lastMessageAt.toISOString()}
                  >
                    {shortDay(conversation.lastMessageAt, props.timeZone)}
                  </time>
                )}
              </span>
              <bdi className="block truncate text-sm text-slate-600 dark:text-slate-300">
                {conversation.accountName}
              </bdi>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
