import { Link } from "@remix-run/react";
import { recency } from "../words/dates.ts";
import { unreadTally } from "../words/inbox-title.ts";

/** What rows of the list need beside their conversation. */
export interface RowContext {
  /** The server's clock when the page was written. */
  now: Date;
  timeZone: string;
  /** The names of our numbers by their ids; null where there is only one to be of. */
  accountNames: ReadonlyMap<number, string> | null;
  /** The conversation that is open beside the list. */
  current: number | undefined;
}

export interface ConversationRowProps extends RowContext {
  to: string;
  isCurrent: boolean;
  contactName: string;
  at: Date;
  accountId: number;
  unreadCount?: number;
  /** The line below the name. */
  children: React.ReactNode;
}

/** A conversation, or something found in one: one link, with all that is told of it inside. */
export function ConversationRow(props: ConversationRowProps) {
  const { accountNames, unreadCount = 0, at } = props;
  const account = accountNames?.get(props.accountId);
  return (
    <li>
      <Link to={props.to} className="row" aria-current={props.isCurrent ? "page" : undefined}>
        <span>
          <bdi>{props.contactName}</bdi>{" "}
          <time dateTime={`${at.toISOString().slice(0, 16)}Z`}>
            {recency(at, props.now, props.timeZone)}
          </time>
        </span>{" "}
        <span>
          <span>{props.children}</span>{" "}
          {unreadCount > 0 && (
            <b className="badge">
              {unreadTally(unreadCount)}
              <span className="sr-only"> unread</span>
            </b>
          )}
        </span>{" "}
        {account && <small>{account}</small>}
      </Link>
    </li>
  );
}
