import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, Outlet, useLoaderData, useParams } from "@remix-run/react";
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
import { InboxLayout } from "#app/ui/inbox/inbox-layout.tsx";
import { packConversations, unpackConversations } from "#app/ui/page/packing.ts";

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
  const conversations = useMemo(
    () => unpackConversations(loaded.conversations),
    [loaded.conversations],
  );
  return (
    <InboxLayout
      list={{ ...loaded, conversations }}
      loaded={loaded}
      current={numericId(useParams().conversationId)}
    >
      <Outlet />
    </InboxLayout>
  );
}
