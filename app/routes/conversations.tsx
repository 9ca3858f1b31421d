import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useParams } from "@remix-run/react";
import { requireViewer } from "#app/auth/viewer.server.ts";
import { listRefusedAccounts } from "#app/models/account-health.server.ts";
import { listConversations } from "#app/models/conversations.server.ts";
import { timeZone } from "#app/time-zone.server.ts";
import { ConversationList } from "#app/ui/conversation-list.tsx";
import { RefusedTokens } from "#app/ui/refused-tokens.tsx";

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const { scope, name, companyName } = viewer;
  const [conversations, refused] = await Promise.all([
    listConversations(scope, viewer),
    viewer.role === "admin" ? listRefusedAccounts(scope) : [],
  ]);
  return { conversations, refused, name, companyName, now: new Date(), timeZone };
}

export default function Conversations() {
  const { conversations, refused, name, companyName, ...clock } = useLoaderData<typeof loader>();
  const { conversationId } = useParams();
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col">
      <RefusedTokens accounts={refused} {...clock} />
      <div className="grid flex-1 md:grid-cols-[20rem_1fr]">
        <aside
          className={`${conversationId ? "hidden md:flex" : "flex"} flex-col border-slate-200 md:sticky md:top-0 md:max-h-dvh md:overflow-y-auto md:border-r dark:border-slate-700`}
        >
          <header className="flex items-center justify-between gap-3 px-4 py-3">
            <h1 className="text-lg font-semibold">
              <bdi>{companyName}</bdi>
            </h1>
            <form method="post" action="/logout" className="text-sm">
              <button type="submit" className="quiet" title={`Signed in as ${name}`}>
                Sign out
              </button>
            </form>
          </header>
          <ConversationList
            conversations={conversations}
            current={Number(conversationId)}
            timeZone={clock.timeZone}
          />
        </aside>
        <Outlet />
      </div>
    </div>
  );
}
