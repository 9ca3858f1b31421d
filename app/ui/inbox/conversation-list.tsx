import { type ListParameters, listHref } from "#app/inbox/list-parameters.ts";
import type { ListedConversation } from "#app/models/inbox/conversation-list.server.ts";
import { ConversationRow, type RowContext } from "./conversation-row.tsx";
import { LastLine } from "./last-line.tsx";

export function ConversationList(
  props: RowContext & { conversations: ListedConversation[]; parameters: ListParameters },
) {
  const { conversations, parameters, ...context } = props;
  return (
    <nav aria-label="Conversations">
      <ul>
        {conversations.map(({ id, lastMessageAt, lastMessage, ...conversation }) => (
          <ConversationRow
            key={id}
            {...context}
            {...conversation}
            to={listHref(
              `/conversations/${id}${conversation.unreadCount > 0 ? "#unread" : ""}`,
              parameters,
            )}
            isCurrent={id === context.current}
            at={lastMessageAt}
          >
            {lastMessage && <LastLine message={lastMessage} />}
          </ConversationRow>
        ))}
      </ul>
    </nav>
  );
}
