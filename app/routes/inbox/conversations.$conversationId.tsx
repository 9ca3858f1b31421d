import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  data,
  useActionData,
  useLoaderData,
  useLocation,
} from "@remix-run/react";
import { useMemo } from "react";
import { requireViewer } from "#app/auth/viewer.server.ts";
import { disconnectSignal } from "#app/http/load-context.ts";
import { reachConversation } from "#app/inbox/reach-conversation.server.ts";
import { loadWithRetries } from "#app/live/retrying-loader.ts";
import { revealInPage } from "#app/media/reveal.server.ts";
import { warmUpForTaps } from "#app/media/source/warm-up.server.ts";
import { listMessages } from "#app/models/messages/messages.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { composerFor } from "#app/sending/composer.server.ts";
import { conversationAction } from "#app/sending/conversation-action.server.ts";
import { CheckForNews } from "#app/ui/page/check-for-news.tsx";
import { packMessages, unpackMessages } from "#app/ui/page/packing.ts";
import { usePageNavigation } from "#app/ui/page/use-page-navigation.ts";
import { Composer } from "#app/ui/thread/composer.tsx";
import { ConversationHeader } from "#app/ui/thread/conversation-header.tsx";
import { MessagePage } from "#app/ui/thread/message-page.tsx";
import { WatchForNews } from "#app/ui/thread/watch-for-news.tsx";
import { inboxTitle } from "#app/ui/words/inbox-title.ts";
import { placeIn, threadLinks } from "#app/ui/words/thread-links.ts";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  inboxTitle(matches, data?.conversation.contactName ?? "Conversation"),
];

/** A file that is revealed is asked of WhatsApp. */
export const handle = { isOnce: (query: URLSearchParams) => query.has("reveal") };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const conversation = await reachConversation(viewer, numericId(params.conversationId));
  const search = new URL(request.url).searchParams;
  const place = placeIn(search, conversation.firstUnreadId);
  const page = await listMessages(viewer.scope, conversation.id, place);
  warmUpForTaps(page.messages);
  const wanted = page.messages.find(({ id }) => id === numericId(search.get("reveal")));
  const asking = {
    userAgent: request.headers.get("User-Agent"),
    signal: disconnectSignal(context, request),
  };
  const reveal = wanted && (await revealInPage(viewer, wanted, search.get("file"), asking));
  const now = Date.now();
  const composer = await composerFor(viewer.scope, conversation, page.messages, search, now);
  return {
    conversation,
    ...page,
    messages: packMessages(page.messages),
    reveal: reveal ?? null,
    composer,
    now,
    timeZone,
  };
}

export const action = (args: ActionFunctionArgs) => conversationAction(args);

/** Where the server can't be reached, the page stays, and with it what was written. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return data({ error: UNREACHABLE, text: "" }, { status: 503 });
  }
}

const UNREACHABLE =
  "The server can't be reached, or the connection broke. Nothing is lost: send it again when you are online.";

export function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  return loadWithRetries(request, () => serverLoader<typeof loader>());
}

export { shouldReloadConversation as shouldRevalidate } from "#app/live/reload-plan.ts";
export { RouteError as ErrorBoundary } from "#app/ui/page/route-error.tsx";

export default function ConversationPage() {
  const { conversation, messages: packed, composer, ...page } = useLoaderData<typeof loader>();
  const { pathname, search } = useLocation();
  const links = useMemo(() => threadLinks({ pathname, search }), [pathname, search]);
  const messages = useMemo(() => unpackMessages(packed), [packed]);
  const through = messages.length > 0 ? Math.max(...messages.map(({ id }) => id)) : null;
  const { firstUnreadId, unreadCount } = conversation;
  const failure = useActionData<typeof action>();
  return (
    <main className="flex min-h-0 min-w-0 flex-col" {...usePageNavigation()}>
      <ConversationHeader conversation={conversation} listHref={links.list} through={through} />
      <MessagePage
        key={`${conversation.id} ${links.place} ${page.newer === null}`}
        {...page}
        messages={messages}
        contactName={conversation.contactName}
        links={links}
        unread={firstUnreadId === null ? null : { firstId: firstUnreadId, count: unreadCount }}
      />
      {page.newer === null && (
        <div className="foot empty:hidden">
          <CheckForNews href={pathname} />
          <WatchForNews conversationId={conversation.id} after={through ?? 0} />
        </div>
      )}
      <Composer
        key={`composer-${conversation.id}`}
        composer={composer}
        contactName={conversation.contactName}
        now={page.now}
        timeZone={page.timeZone}
        failure={failure}
      />
    </main>
  );
}
