import { type ListParameters, listHref } from "#app/inbox/list-parameters.ts";
import type { ContactHit } from "#app/models/search/search-contacts.server.ts";
import type { MessageHit } from "#app/models/search/search-messages.server.ts";
import { typeName } from "../message/message-words.ts";
import { ConversationRow, type RowContext } from "./conversation-row.tsx";

export interface SearchResultsProps extends RowContext {
  contacts: ContactHit[];
  messages: MessageHit[];
  parameters: ListParameters;
}

/** Whom and what a search has found. */
export function SearchResults({ contacts, messages, parameters, ...context }: SearchResultsProps) {
  return (
    <nav aria-label="Search results">
      {contacts.length > 0 && (
        <Found title="Contacts">
          {contacts.map(({ id, waId, lastMessageAt, ...hit }) => (
            <ConversationRow
              key={id}
              {...context}
              {...hit}
              to={listHref(`/conversations/${id}`, parameters)}
              isCurrent={id === context.current}
              at={lastMessageAt}
            >
              {waId && `+${waId}`}
            </ConversationRow>
          ))}
        </Found>
      )}
      {messages.length > 0 && (
        <Found title="Messages">
          {messages.map((hit) => (
            <ConversationRow
              key={hit.id}
              {...context}
              contactName={hit.contactName}
              accountId={hit.accountId}
              to={listHref(
                `/conversations/${hit.conversationId}?around=${hit.id}#m-${hit.id}`,
                parameters,
              )}
              isCurrent={false}
              at={hit.sentAt}
            >
              <MessageWords hit={hit} />
            </ConversationRow>
          ))}
        </Found>
      )}
    </nav>
  );
}

function Found({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <>
      <h2 className="muted px-4 pt-3 pb-1 strong text-sm">{title}</h2>
      <ul>{children}</ul>
    </>
  );
}

function MessageWords({ hit }: { hit: MessageHit }) {
  const author = hit.direction === "outbound" ? "You" : hit.senderName;
  return (
    <span className="line-clamp-2 whitespace-normal wrap-anywhere">
      {author && (
        <>
          <bdi>{author}</bdi>:{" "}
        </>
      )}
      {hit.type !== "text" && `${typeName(hit.type, hit.mediaVoice)} · `}
      <bdi>
        <Snippet marked={hit.snippet} />
      </bdi>
    </span>
  );
}

/** Text whose parts between U+0002 and U+0003 are marked. */
function Snippet({ marked }: { marked: string }) {
  const [before, ...parts] = marked.split("\u0002");
  return (
    <>
      {before}
      {parts.map((part, index) => {
        const [found, ...after] = part.split("\u0003");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
          <span key={index}>
            <mark>{found}</mark>
            {after}
          </span>
        );
      })}
    </>
  );
}
