import type { ConversationHead } from "#app/models/inbox/conversations.server.ts";
import { PostForm } from "../page/post-form.tsx";

/** Whom a conversation is with and on which number, and that all of it has been dealt with. */
export function ConversationHeader(props: {
  conversation: ConversationHead;
  listHref: string;
  /** The newest message of this page: what came since stays unread. Null on a page without any. */
  through: number | null;
}) {
  const { contactName, contactNumber, accountName, unreadCount } = props.conversation;
  return (
    <header className="bar">
      <a href={props.listHref} className="quiet -mx-2 md:hidden">
        Back
      </a>
      <div className="min-w-0 flex-1">
        <h1 className="strong truncate">
          <bdi>{contactName}</bdi>
        </h1>
        <p className="muted truncate text-sm">
          {contactNumber !== null && contactNumber !== contactName && <>{contactNumber} · </>}
          <bdi>{accountName}</bdi>
        </p>
      </div>
      {unreadCount > 0 && props.through !== null && (
        <PostForm className="shrink-0">
          <input type="hidden" name="through" value={props.through} />
          <button type="submit" name="intent" value="read" className="quiet -mr-2">
            Mark as read
          </button>
        </PostForm>
      )}
    </header>
  );
}
