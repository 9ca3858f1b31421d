import { Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { type ListParameters, listHref } from "#app/inbox/list-parameters.ts";
import type { ListedConversation } from "#app/models/inbox/conversation-list.server.ts";
import type { Role } from "#app/models/role.ts";
import type { ContactHit } from "#app/models/search/search-contacts.server.ts";
import type { MessageHit } from "#app/models/search/search-messages.server.ts";
import { ConversationList } from "./conversation-list.tsx";
import type { RowContext } from "./conversation-row.tsx";
import { EmptyList } from "./empty-list.tsx";
import { ListFilters } from "./list-filters.tsx";
import { SearchResults } from "./search-results.tsx";

export interface ListPaneProps extends RowContext {
  parameters: ListParameters;
  role: Role;
  /** Our numbers whose conversations the person may see. */
  accounts: { id: number; name: string }[];
  /** How many conversations are unread, up to MOST_UNREAD. */
  unread: number;
  /** All but a search. */
  conversations: ListedConversation[];
  /** A search. */
  contacts: ContactHit[];
  messages: MessageHit[];
  /** The position of the next page; null at the end. */
  next: string | null;
  /** The search was given up. */
  tookTooLong: boolean;
  /** Of the page that the list stands on. */
  path: string;
}

/** The list of conversations, or what a search has found, with its filters and pages. */
export function ListPane(props: ListPaneProps) {
  const { parameters, accounts, path, next, conversations, contacts, messages } = props;
  const isEmpty = conversations.length + contacts.length + messages.length === 0;
  return (
    <>
      {accounts.length > 0 && <ListFilters {...props} />}
      <p className="sr-only" aria-live="polite">
        {parameters.q && foundWords(props)}
      </p>
      <ScrollBox shown={listHref("", parameters)}>
        {isEmpty ? (
          <EmptyList {...props} hasAccount={accounts.length > 0} />
        ) : parameters.q ? (
          <SearchResults {...props} />
        ) : (
          <ConversationList {...props} />
        )}
        {!isEmpty && (
          <p className="flex justify-between px-2 py-2">
            {next && (
              <Link to={listHref(path, { ...parameters, page: next })} className="quiet">
                {parameters.q ? "Older results" : "More conversations"}
              </Link>
            )}
            {parameters.page && (
              <Link to={listHref(path, { ...parameters, page: undefined })} className="quiet">
                Newest
              </Link>
            )}
          </p>
        )}
      </ScrollBox>
    </>
  );
}

function foundWords({ contacts, messages, next, tookTooLong }: ListPaneProps): string {
  if (tookTooLong) return "The search was given up.";
  return `Found: contacts ${contacts.length}, messages ${messages.length}${next ? " and more" : ""}.`;
}

/** Another page of the list begins at its top, also for those who hear it. */
function ScrollBox({ shown, children }: { shown: string; children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown || !box.current) return;
    before.current = shown;
    box.current.scrollTop = 0;
    if (box.current.contains(document.activeElement)) box.current.focus();
  }, [shown]);
  return (
    <div
      ref={box}
      tabIndex={-1}
      className="relative min-h-0 flex-1 overflow-y-auto rule-t outline-none"
    >
      {children}
    </div>
  );
}
