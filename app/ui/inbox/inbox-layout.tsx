import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { RefusedAccount } from "#app/models/numbers/reachable-accounts.server.ts";
import { CheckForNews } from "../page/check-for-news.tsx";
import { LiteSwitch } from "../page/lite-switch.tsx";
import { PostForm } from "../page/post-form.tsx";
import { expiringWords } from "../words/time-left.ts";
import { ListPane, type ListPaneProps } from "./list-pane.tsx";
import { LiveInbox } from "./live-inbox.tsx";
import { RefusedTokens } from "./refused-tokens.tsx";

/** What the list's page shows; its conversations unpacked. */
interface ShownList extends Omit<ListPaneProps, "accountNames" | "current" | "path"> {
  name: string;
  companyName: string;
  /** Numbers whose access token WhatsApp refuses. */
  refused: RefusedAccount[];
  /** How many files nobody has opened expire within a day; 10 stands for more. */
  expiringFiles: number;
}

interface InboxLayoutProps {
  list: ShownList;
  /** What the list's loader gave. */
  loaded: unknown;
  /** The conversation that is open beside the list. */
  current: number | undefined;
  /** That conversation, or what stands in its place. */
  children: ReactNode;
}

/** The list of conversations and one of them: side by side, or one at a time where there is no room. */
export function InboxLayout({ list, loaded, current, children }: InboxLayoutProps) {
  return (
    <div className="mx-auto flex h-dvh max-w-7xl flex-col xl:rule-x">
      {current && (
        <a href="#conversation" className="skip">
          Skip to the conversation
        </a>
      )}
      <LiveInbox list={loaded} conversations={list.conversations} />
      <RefusedTokens accounts={list.refused} now={list.now} timeZone={list.timeZone} />
      {/* A conversation has a <main> of its own. A role, because another tag would lose scroll position and focus. */}
      <div
        role={current ? undefined : "main"}
        className="grid min-h-0 flex-1 grid-rows-1 md:grid-cols-[22rem_1fr]"
      >
        <Inbox list={list} current={current} />
        <div
          id="conversation"
          tabIndex={-1}
          className="grid min-h-0 min-w-0 grid-rows-1 outline-none"
        >
          {children}
        </div>
      </div>
    </div>
  );
}

function Inbox({ list, current }: Pick<InboxLayoutProps, "list" | "current">) {
  const { name, companyName, accounts, expiringFiles } = list;
  const { pathname } = useLocation();
  const accountNames =
    accounts.length > 1 ? new Map(accounts.map(({ id, name }) => [id, name])) : null;
  // A conversation beside it has the page's heading.
  const Title = current ? "h2" : "h1";
  return (
    <section
      aria-label="Inbox"
      className={`${current ? "hidden md:flex" : "flex"} min-h-0 min-w-0 flex-col md:rule-r`}
    >
      <header className="flex items-center justify-between gap-3 px-4 pt-1">
        <Title className="strong truncate text-lg">
          <bdi>{companyName}</bdi>
        </Title>
        <PostForm action="/logout" className="shrink-0 text-sm">
          <Link to="/account" className="quiet" title={`Signed in as ${name}`}>
            Account
          </Link>
          {/* lynx sends a form that has no field by GET. */}
          <button type="submit" name="intent" value="sign-out" className="quiet -mr-2">
            Sign out
          </button>
        </PostForm>
      </header>
      <ListPane {...list} accountNames={accountNames} current={current} path={pathname} />
      <footer className="foot">
        <Link to="/expiring" className="quiet">
          {expiringWords(expiringFiles)}
        </Link>
        <CheckForNews href={pathname} />
        <LiteSwitch />
      </footer>
    </section>
  );
}
