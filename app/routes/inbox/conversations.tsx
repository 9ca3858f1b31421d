import { data, type LoaderFunctionArgs } from "@remix-run/node";
import {
  type ClientLoaderFunctionArgs,
  Link,
  Outlet,
  useLoaderData,
  useLocation,
  useParams,
} from "@remix-run/react";
import { useMemo } from "react";
import { requireViewer, type Viewer } from "#app/auth/viewer.server.ts";
import { loadListPatiently } from "#app/live/patient-loader.ts";
import { isTimeout } from "#app/models/database-errors.server.ts";
import { listConversations, type Reach } from "#app/models/inbox/conversation-list.server.ts";
import { countUnread } from "#app/models/inbox/unread-conversations.server.ts";
import { type ListPosition, parsePosition } from "#app/models/list-position.server.ts";
import { refusedAccounts } from "#app/models/numbers/reachable-accounts.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { type ListParameters, readListParameters } from "#app/models/search/list-parameters.ts";
import { searchInbox } from "#app/models/search/search.server.ts";
import { type SearchWords, searchWords } from "#app/models/search/search-words.ts";
import { log } from "#app/process/log.server.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { ExpiringLink } from "#app/ui/inbox/expiring-link.tsx";
import { ListPane } from "#app/ui/inbox/list-pane.tsx";
import { LiveInbox } from "#app/ui/inbox/live-inbox.tsx";
import { RefusedTokens } from "#app/ui/inbox/refused-tokens.tsx";
import { LiteSwitch } from "#app/ui/page/lite-switch.tsx";
import { packConversations, unpackConversations } from "#app/ui/page/packing.ts";
import { PostForm } from "#app/ui/page/post-form.tsx";
import { CheckForNews } from "#app/ui/thread/check-for-news.tsx";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { role, name, companyName, expiringFiles } = viewer;
  const parameters = parametersOf(request, viewer);
  const refused = role === "admin" ? refusedAccounts(viewer.accounts) : [];
  const accounts = viewer.accounts.map(({ id, name }) => ({ id, name }));
  const list = await loadList(viewer, parameters);
  const loaded = {
    ...list,
    conversations: packConversations(list.conversations),
    accounts,
    role,
    parameters,
    refused,
    name,
    companyName,
    expiringFiles,
    now: new Date(),
    timeZone,
  };
  return data(loaded, { status: list.tookTooLong ? 503 : 200 });
}

/** A number out of reach, such as one they were a member of, doesn't count. */
function parametersOf(request: Request, { accounts }: Viewer): ListParameters {
  const parameters = readListParameters(new URL(request.url).searchParams);
  const account = accounts.find(({ id }) => id === parameters.account)?.id;
  return { ...parameters, account };
}

async function loadList(viewer: Viewer, { q, account, unread, page }: ListParameters) {
  const reach = reachOf(viewer, account);
  const after = parsePosition(page ?? null);
  const words = q && searchWords(q);
  const list = words
    ? await search(viewer, reach, words, after)
    : await listConversations(viewer.scope, reach, { unreadOnly: unread, after });
  return { ...NOTHING, ...list };
}

const NOTHING = {
  conversations: [],
  contacts: [],
  messages: [],
  next: null,
  tookTooLong: false,
};

/** One that takes the database too long costs its results, not the page. */
async function search({ scope }: Viewer, reach: Reach, words: SearchWords, after?: ListPosition) {
  try {
    return await searchInbox(scope, reach, words, after);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    const { companyId } = scope;
    log.warn({ event: "search.timed_out", companyId, characters: words.text.length });
    return { unread: await countUnread(scope, reach.all), tookTooLong: true };
  }
}

function reachOf({ accounts, role }: Viewer, account: number | undefined): Reach {
  const all = accounts.map(({ id }) => id);
  return {
    all,
    listed: account ? [account] : all,
    isWholeCompany: role === "admin" && !account,
  };
}

export function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  return loadListPatiently(request, () => serverLoader<typeof loader>());
}

export { RouteError as ErrorBoundary } from "#app/ui/page/route-error.tsx";

export default function Conversations() {
  const loaded = useLoaderData<typeof loader>();
  const { refused, name, companyName, expiringFiles, conversations, ...rest } = loaded;
  const list = {
    ...rest,
    conversations: useMemo(() => unpackConversations(conversations), [conversations]),
  };
  const current = numericId(useParams().conversationId);
  const { pathname } = useLocation();
  const accountNames =
    list.accounts.length > 1 ? new Map(list.accounts.map(({ id, name }) => [id, name])) : null;
  // A conversation beside it has the page's heading.
  const Title = current ? "h2" : "h1";
  return (
    <div className="mx-auto flex h-dvh max-w-7xl flex-col border-line xl:border-x">
      {current && (
        <a href="#conversation" className="skip">
          Skip to the conversation
        </a>
      )}
      <LiveInbox list={loaded} conversations={list.conversations} />
      <RefusedTokens accounts={refused} now={list.now} timeZone={list.timeZone} />
      {/* A conversation has a <main> of its own. A role, because another tag would lose scroll position and focus. */}
      <div
        role={current ? undefined : "main"}
        className="grid min-h-0 flex-1 grid-rows-1 md:grid-cols-[22rem_1fr]"
      >
        <section
          aria-label="Inbox"
          className={`${current ? "hidden md:flex" : "flex"} min-h-0 min-w-0 flex-col border-line md:border-r`}
        >
          <header className="flex items-center justify-between gap-3 px-4 pt-1">
            <Title className="strong truncate text-lg">
              <bdi>{companyName}</bdi>
            </Title>
            <PostForm action="/logout" className="shrink-0 text-sm">
              <Link to="/account" className="quiet" title={`Signed in as ${name}`}>
                Account
              </Link>
              <button type="submit" className="quiet -mr-2">
                Sign out
              </button>
            </PostForm>
          </header>
          <ListPane {...list} accountNames={accountNames} current={current} path={pathname} />
          <footer className="foot">
            <ExpiringLink count={expiringFiles} />
            <CheckForNews href={pathname} />
            <LiteSwitch />
          </footer>
        </section>
        <div
          id="conversation"
          tabIndex={-1}
          className="grid min-h-0 min-w-0 grid-rows-1 outline-none"
        >
          <Outlet />
        </div>
      </div>
    </div>
  );
}
